import { Schema, type Connection, type Model } from 'mongoose';
import type { Touch } from '../../shared/touch.ts';

/** A touch as it is kept: written once, never updated (S2). */
export interface StoredTouch extends Omit<Touch, 'id'> {
  _id: string;
  storeId: string | null;
  /** Host and path only: a query may hold what is nobody's business. */
  landingPage: string | null;
  referrerHost: string | null;
  /** What the browser says; kept to explain, never to decide: devices have wrong clocks (S3). */
  statedAt: Date | null;
}

export function defineTouchModel(connection: Connection): Model<StoredTouch> {
  const schema = new Schema<StoredTouch>(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      programId: { type: String, required: true },
      affiliateId: { type: String, required: true },
      class: { type: String, required: true },
      carrier: { type: String, required: true },
      at: { type: Date, required: true },
      code: { type: String, default: null },
      linkId: { type: String, default: null },
      visitorKey: { type: String, default: null },
      storeId: { type: String, default: null },
      landingPage: { type: String, default: null },
      referrerHost: { type: String, default: null },
      statedAt: { type: Date, default: null },
      blocked: { type: String, default: null },
      flagged: { type: String, default: null },
      settingsVersion: { type: Number, default: null },
    },
    { collection: 'touches', versionKey: false },
  );
  // The touches that an order's visitor key reaches.
  schema.index({ merchantId: 1, visitorKey: 1, at: -1 });
  return connection.model<StoredTouch>('Touch', schema);
}
