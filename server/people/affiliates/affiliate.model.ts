import { Schema, type Connection, type Model } from 'mongoose';
import type { Affiliate } from './affiliate.ts';

export type AffiliateDocument = Omit<Affiliate, 'id'> & { _id: string };

/** Declares the collection of affiliates on a connection. */
export function defineAffiliateModel(connection: Connection): Model<AffiliateDocument> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      name: { type: String, required: true },
      email: { type: String, required: true },
      locale: { type: String, required: true },
      parentId: { type: String, default: null },
      status: { type: String, required: true },
      statuses: [Schema.Types.Mixed],
      identity: Schema.Types.Mixed,
      createdAt: { type: Date, required: true },
    },
    { collection: 'affiliates', versionKey: false },
  );
  // Decides which of two equal applications is kept.
  schema.index({ merchantId: 1, email: 1 }, { unique: true });
  // The merchant's list, newest first.
  schema.index({ merchantId: 1, createdAt: -1, _id: -1 });
  // The same by status: who waits for approval.
  schema.index({ merchantId: 1, status: 1, createdAt: -1, _id: -1 });
  return connection.model<AffiliateDocument>('Affiliate', schema);
}
