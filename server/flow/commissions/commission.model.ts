import { Schema, type Connection, type Model } from 'mongoose';
import { indexPendingEvents, pendingEventsField } from '../../platform/mongo/index.ts';
import type { Receipt } from './receipt.ts';

/** Everything that was posted for an order, append-only. `_id` is the order's id. */
export interface Commission {
  _id: string;
  merchantId: string;
  revision: number;
  /** The attribution's revision that was last looked at. */
  attributionRevision: number;
  /** The last order version for which the difference was posted (S6). */
  orderVersion: number;
  postings: CommissionPosting[];
}

/** A difference C(v) - already posted (S6). Never changed once written (S2). */
export interface CommissionPosting {
  id: string;
  number: number;
  affiliateId: string;
  programId: string;
  currency: string;
  /** From the affiliate's side: below zero is a reversal. Minor units. */
  amount: bigint;
  postedAt: Date;
  receipt: Receipt;
}

export function defineCommissionModel(connection: Connection): Model<Commission> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      revision: { type: Number, required: true },
      attributionRevision: { type: Number, required: true },
      orderVersion: { type: Number, required: true },
      postings: [Schema.Types.Mixed],
      pendingEvents: pendingEventsField,
    },
    { collection: 'commissions', minimize: false, versionKey: false },
  );
  // A receipt is asked for by the id of its posting.
  schema.index({ merchantId: 1, 'postings.id': 1 });
  // The commissions of one affiliate.
  schema.index({ merchantId: 1, 'postings.affiliateId': 1, _id: 1 });
  indexPendingEvents(schema);
  return connection.model<Commission>('Commission', schema);
}
