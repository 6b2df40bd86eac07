import { Schema, type Connection, type Model } from 'mongoose';
import type { ClickDay } from './click-day.ts';

export interface ClickDayDocument extends Omit<ClickDay, 'id'> {
  _id: string;
  /** The newest batch that was counted; a batch is counted only once, and only after those before it. */
  lastBatch: number;
}

/** Declares the collection of daily counts on a connection. */
export function defineClickDayModel(connection: Connection): Model<ClickDayDocument> {
  const schema = new Schema<ClickDayDocument>(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      day: { type: String, required: true },
      programId: { type: String, required: true },
      affiliateId: { type: String, required: true },
      linkId: { type: String, default: null },
      subId: { type: String, default: null },
      clicks: { type: Number, required: true },
      bot: { type: Number, required: true },
      crowd: { type: Number, required: true },
      blocked: { type: Number, required: true },
      landing: { type: Number, required: true },
      repeat: { type: Number, required: true },
      lastBatch: { type: Number, required: true },
      createdAt: { type: Date, required: true },
    },
    { collection: 'clickDays', versionKey: false },
  );
  // One document for each series; decides which of two processes makes it.
  schema.index(
    { merchantId: 1, day: 1, programId: 1, affiliateId: 1, linkId: 1, subId: 1 },
    { unique: true },
  );
  // The merchant's list, newest first.
  schema.index({ merchantId: 1, createdAt: -1, _id: -1 });
  return connection.model<ClickDayDocument>('ClickDay', schema);
}
