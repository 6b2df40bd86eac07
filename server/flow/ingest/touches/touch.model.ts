import { Schema, type Connection, type Model } from 'mongoose';
import type { Touch } from '../../../shared/touch.ts';
import type { Uncounted } from './judge-click.ts';

/** A touch as it is kept: what it says is written once and never updated (S2). */
export interface StoredTouch extends Omit<Touch, 'id'> {
  _id: string;
  storeId: string | null;
  /** Host and path only: a query may hold what is nobody's business. */
  landingPage: string | null;
  referrerHost: string | null;
  /** What the browser says; kept to explain, never to decide: devices have wrong clocks (S3). */
  statedAt: Date | null;
  /** What the affiliate wrote on the link, to tell its own placements apart. */
  subId: string | null;
  /** The visitor's address under a key that is destroyed after some days. */
  ipHash: string | null;
  /** The day in the merchant's time zone, yyyy-mm-dd. */
  day: string;
  /** Why it is no click of its own in the counts; null = it is one. It can earn all the same. */
  uncounted: Uncounted | null;
  /** Visitor, link and hour of a click that counts; the unique index lets one of them count. */
  countsAs?: string;
  /** Until the day's counts have it: its `at`, since when it waits for them. */
  waitsSince?: Date;
  /** The earliest moment at which no decision can ask for it any more (S3). */
  expiresAt: Date;
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
      subId: { type: String, default: null },
      ipHash: { type: String, default: null },
      day: { type: String, required: true },
      uncounted: { type: String, default: null },
      countsAs: String,
      waitsSince: Date,
      expiresAt: { type: Date, required: true },
    },
    { collection: 'touches', versionKey: false },
  );
  // The touches that an order's visitor key reaches.
  schema.index({ merchantId: 1, visitorKey: 1, at: -1 });
  // Decides which of a visitor's clicks on one link within one hour counts; the others have no key.
  schema.index(
    { merchantId: 1, countsAs: 1 },
    { unique: true, partialFilterExpression: { countsAs: { $exists: true } } },
  );
  // What the counts do not have yet, the oldest first; sparse, because nearly every touch is counted.
  schema.index({ waitsSince: 1 }, { sparse: true });
  // Removes what no decision asks for any more.
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  return connection.model<StoredTouch>('Touch', schema);
}
