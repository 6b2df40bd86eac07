import type { Connection } from 'mongoose';
import type { PendingEvent } from '../../shared/events.ts';
import type { PostingState } from '../../shared/posting-state.ts';
import { saveWithEvents } from '../../platform/mongo/index.ts';
import { defineCommissionModel, type Commission } from './commission.model.ts';

export interface CommissionFilter {
  merchantId: string;
  affiliateId?: string;
  orderId?: string;
  /** At least one of the order's postings is in this state. */
  state?: PostingState;
}

export interface CommissionStore {
  byOrder(merchantId: string, orderId: string): Promise<Commission | undefined>;
  byPosting(merchantId: string, postingId: string): Promise<Commission | undefined>;
  /** By order id; `after` is the last order id of the page before. */
  list(filter: CommissionFilter, limit: number, after?: string): Promise<Commission[]>;
  /** Every commission of a merchant, with the events that nobody has had yet. */
  all(merchantId: string): AsyncIterable<Commission & { pendingEvents: PendingEvent[] }>;
  /** What the clock moves by now, of all merchants, the longest due first. */
  due(now: Date, limit: number): Promise<{ _id: string; merchantId: string }[]>;
  merchantIds(): Promise<string[]>;
  /** False when another write came first: load and decide again. */
  save(commission: Commission, events: PendingEvent[]): Promise<boolean>;
}

export function createCommissionStore(connection: Connection): CommissionStore {
  const commissions = defineCommissionModel(connection);
  return {
    byOrder: async (merchantId, _id) =>
      (await commissions.findOne({ merchantId, _id }).lean<Commission>()) ?? undefined,
    byPosting: async (merchantId, postingId) =>
      (await commissions.findOne({ merchantId, 'postings.id': postingId }).lean<Commission>()) ?? undefined,
    list: ({ merchantId, affiliateId, orderId, state }, limit, after) =>
      commissions
        .find({
          merchantId,
          ...(affiliateId !== undefined && { 'postings.affiliateId': affiliateId }),
          ...(state !== undefined && { 'postings.state': state }),
          ...(after !== undefined && { _id: { $gt: after } }),
          ...(orderId !== undefined && { _id: orderId }),
        })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Commission[]>(),
    all: (merchantId) =>
      commissions
        .find({ merchantId })
        .sort({ _id: 1 })
        .lean<Commission & { pendingEvents: PendingEvent[] }>()
        .cursor(),
    due: (now, limit) =>
      commissions
        .find({ dueAt: { $lte: now } }, { merchantId: 1 })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean<{ _id: string; merchantId: string }[]>(),
    merchantIds: () => commissions.distinct('merchantId'),
    save: (commission, events) => saveWithEvents(connection, commissions.collection.name, commission, events),
  };
}
