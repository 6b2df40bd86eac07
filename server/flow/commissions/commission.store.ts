import type { Connection } from 'mongoose';
import type { PendingEvent } from '../../shared/events.ts';
import { saveWithEvents } from '../../platform/mongo/index.ts';
import { defineCommissionModel, type Commission } from './commission.model.ts';

export interface CommissionFilter {
  merchantId: string;
  affiliateId?: string;
  orderId?: string;
}

export interface CommissionStore {
  byOrder(merchantId: string, orderId: string): Promise<Commission | undefined>;
  byPosting(merchantId: string, postingId: string): Promise<Commission | undefined>;
  /** By order id; `after` is the last order id of the page before. */
  list(filter: CommissionFilter, limit: number, after?: string): Promise<Commission[]>;
  /** Every commission of a merchant, with the events that nobody has had yet. */
  all(merchantId: string): AsyncIterable<Commission & { pendingEvents: PendingEvent[] }>;
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
    list: ({ merchantId, affiliateId, orderId }, limit, after) =>
      commissions
        .find({
          merchantId,
          ...(affiliateId !== undefined && { 'postings.affiliateId': affiliateId }),
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
    merchantIds: () => commissions.distinct('merchantId'),
    save: (commission, events) => saveWithEvents(connection, commissions.collection.name, commission, events),
  };
}
