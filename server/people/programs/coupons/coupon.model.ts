import { Schema, type Connection, type Model } from 'mongoose';
import { countChanges, indexPendingEvents, pendingEventsField } from '../../../platform/mongo/index.ts';
import type { Coupon } from './coupon.ts';

export type CouponDocument = Omit<Coupon, 'id'> & { _id: string };

/** Declares the collection of coupons on a connection. */
export function defineCouponModel(connection: Connection): Model<CouponDocument> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      programId: { type: String, required: true },
      code: { type: String, required: true },
      foldedCode: { type: String, required: true },
      creditPolicy: { type: String, required: true },
      assignments: [Schema.Types.Mixed],
      terms: { type: Schema.Types.Mixed, default: null },
      isPaused: { type: Boolean, default: false },
      mayAdopt: { type: Boolean, default: false },
      storeIds: { type: [String], default: null },
      termsRevision: { type: Number, default: 0 },
      standings: { type: Schema.Types.Mixed, default: () => ({}) },
      createdAt: { type: Date, required: true },
      pendingEvents: pendingEventsField,
    },
    { collection: 'coupons', minimize: false, versionKey: false },
  );
  // A code is one coupon, whose owners follow each other; orders find it by its code.
  schema.index({ merchantId: 1, foldedCode: 1 }, { unique: true });
  // An affiliate's coupons, for their package.
  schema.index({ merchantId: 1, 'assignments.affiliateId': 1 });
  // The merchant's list, newest first.
  schema.index({ merchantId: 1, createdAt: -1, _id: -1 });
  indexPendingEvents(schema);
  countChanges(connection, schema);
  return connection.model<CouponDocument>('Coupon', schema);
}
