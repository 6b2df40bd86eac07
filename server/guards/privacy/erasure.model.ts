import { Schema, type Connection, type Model } from 'mongoose';

/** That a buyer asked a shop to be forgotten. */
export interface Erasure {
  id: string;
  merchantId: string;
  storeId: string;
  /** Of the event that told it; the same event again is the same request. */
  eventId: string;
  /** The keyed hashes under which orders hold the buyer; at least one is there. */
  buyer: { customer: string | null; email: string | null };
  /** When the buyer asked, as the shop tells it. */
  requestedAt: Date;
  /** When we took it. */
  createdAt: Date;
}

export type ErasureDocument = Omit<Erasure, 'id'> & { _id: string };

/** Declares the collection of erasures on a connection. */
export function defineErasureModel(connection: Connection): Model<ErasureDocument> {
  const buyer = new Schema(
    { customer: { type: String, default: null }, email: { type: String, default: null } },
    { _id: false },
  );
  const schema = new Schema<ErasureDocument>(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      storeId: { type: String, required: true },
      eventId: { type: String, required: true },
      buyer: { type: buyer, required: true },
      requestedAt: { type: Date, required: true },
      createdAt: { type: Date, required: true },
    },
    { collection: 'erasures', versionKey: false },
  );
  // A shop that sends its event again asks no second time.
  schema.index({ merchantId: 1, storeId: 1, eventId: 1 }, { unique: true });
  // The merchant's list, newest first.
  schema.index({ merchantId: 1, createdAt: -1, _id: -1 });
  return connection.model<ErasureDocument>('Erasure', schema);
}
