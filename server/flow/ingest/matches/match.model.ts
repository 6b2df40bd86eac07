import { Schema, type Connection, type Model } from 'mongoose';
import type { Match } from './match.ts';

/** Declares the collection of pixel matches on a connection. */
export function defineMatchModel(connection: Connection): Model<Match> {
  const schema = new Schema<Match>(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      storeId: { type: String, required: true },
      checkoutHash: { type: String, required: true },
      evidence: [Schema.Types.Mixed],
      checkoutStartedAt: { type: Date, default: null },
      contentKey: { type: String, required: true },
      at: { type: Date, required: true },
      expiresAt: { type: Date, required: true },
    },
    { collection: 'checkoutMatches', versionKey: false },
  );
  // The matches of a checkout, for its order; the same told twice is one.
  schema.index({ merchantId: 1, storeId: 1, checkoutHash: 1, contentKey: 1 }, { unique: true });
  // Checkouts of which nothing came.
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  return connection.model<Match>('CheckoutMatch', schema);
}
