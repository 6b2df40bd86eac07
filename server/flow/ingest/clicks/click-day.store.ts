import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import { isDuplicateKey, isOnlyDuplicates } from '../../../platform/mongo/index.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { ClickDay, ClickSum } from './click-day.ts';
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

/** Touches that are counted together. */
export interface ClickBatch {
  /** Every batch has the number after the one before it. */
  number: number;
  touchIds: string[];
}

interface BatchDocument {
  _id: string;
  count: number;
  touchIds?: string[];
}
const BATCH = 'click-batches';

/** Queries of daily counts. */
export function createClickDayStore(connection: Connection, newId: NewId) {
  const days = defineClickDayModel(connection);
  const batches = connection.collection<BatchDocument>('counters');
  return {
    /** The batch that was begun last; its touches are none when it was finished. */
    async lastBatch(): Promise<ClickBatch> {
      const batch = await batches.findOne({ _id: BATCH });
      return { number: batch?.count ?? 0, touchIds: batch?.touchIds ?? [] };
    },

    /** Finishes a batch, and begins the next with these touches; false when another process has done so. */
    async beginBatch(after: number, touchIds: readonly string[]): Promise<boolean> {
      const next = { count: after + 1, touchIds: [...touchIds] };
      try {
        const first = after === 0;
        const begun = await batches.updateOne(
          { _id: BATCH, count: after },
          { $set: next },
          { upsert: first },
        );
        return begun.matchedCount + begun.upsertedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    /** Adds the counts of a batch to its series, except where it or a later one was added already. */
    async add(batch: number, sums: readonly ClickSum[], now: Date): Promise<void> {
      const updates = sums.map(({ series, counts }) => ({
        updateOne: {
          filter: { ...series, lastBatch: { $lt: batch } },
          update: {
            $inc: counts,
            $set: { lastBatch: batch },
            $setOnInsert: { _id: newId(), createdAt: now },
          },
          upsert: true,
        },
      }));
      try {
        await connection
          .collection<ClickDayDocument>(days.collection.name)
          .bulkWrite(updates, { ordered: false });
      } catch (error) {
        // These series are there, and they have the batch.
        if (!isOnlyDuplicates(error)) throw error;
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
