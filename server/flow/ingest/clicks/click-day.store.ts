import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { ClickCounts, ClickDay, ClickSeries } from './click-day.ts';
import { defineClickDayModel, type ClickDayDocument } from './click-day.model.ts';

export type ClickDayStore = ReturnType<typeof createClickDayStore>;

/** Which days are asked for; `from` and `to` are days, both included. */
export interface ClickDayFilter {
  merchantId: string;
  affiliateId?: string | undefined;
  linkId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

interface Counter {
  _id: string;
  count: number;
}

/** Queries of daily counts. */
export function createClickDayStore(connection: Connection, newId: NewId) {
  const days = defineClickDayModel(connection);
  return {
    /** A number that no batch had, higher than all before. */
    async nextBatch(): Promise<number> {
      const counters = connection.collection<Counter>('counters');
      const counter = await counters.findOneAndUpdate(
        { _id: 'click-batches' },
        { $inc: { count: 1 } },
        { upsert: true, returnDocument: 'after' },
      );
      return counter?.count ?? 1;
    },

    /** Adds the counts of a batch to a series, unless it or a later one was added already. */
    async add(batch: number, series: ClickSeries, counts: ClickCounts, now: Date): Promise<void> {
      try {
        await days.updateOne(
          { ...series, lastBatch: { $lt: batch } },
          { $inc: counts, $set: { lastBatch: batch }, $setOnInsert: { _id: newId(), createdAt: now } },
          { upsert: true },
        );
      } catch (error) {
        // The series is there, and it has the batch.
        if (!isDuplicateKey(error)) throw error;
      }
    },

    async list(
      { merchantId, affiliateId, linkId, from, to }: ClickDayFilter,
      { limit, cursor }: PageRequest,
    ): Promise<Page<ClickDay>> {
      const day = { ...(from ? { $gte: from } : {}), ...(to ? { $lte: to } : {}) };
      const filter = {
        ...{ merchantId, ...(affiliateId ? { affiliateId } : {}), ...(linkId ? { linkId } : {}) },
        ...(from || to ? { day } : {}),
        ...afterCursor(cursor),
      };
      const documents = await days
        .find(filter)
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean<ClickDayDocument[]>();
      return toPage(documents.map(toClickDay), limit);
    },
  };
}

function toClickDay({ _id: id, lastBatch: _batch, ...facts }: ClickDayDocument): ClickDay {
  return { id, ...facts };
}
