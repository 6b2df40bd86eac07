import { Schema, type Connection, type Model } from 'mongoose';
import { countChanges } from '../../platform/mongo/index.ts';
import type { Store } from './store.ts';

export type StoreDocument = Omit<Store, 'id'> & { _id: string };

const storedSecret = new Schema(
  { secret: { type: String, required: true }, until: { type: Date, default: null } },
  { _id: false },
);

/** Declares the collection of stores on a connection. */
export function defineStoreModel(connection: Connection): Model<StoreDocument> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      platform: { type: String, required: true },
      domain: { type: String, required: true },
      storefrontHosts: [String],
      storeKey: { type: String, required: true },
      status: { type: String, required: true },
      webhookSecrets: [storedSecret],
      eventSecrets: [storedSecret],
      lastEventAt: { type: Date, default: null },
      createdAt: { type: Date, required: true },
    },
    { collection: 'stores', versionKey: false },
  );
  // A merchant connects a shop once; connecting it again revives the same store.
  schema.index({ merchantId: 1, platform: 1, domain: 1 }, { unique: true });
  // Shopify's hooks name the shop by its domain and no merchant: one merchant at a time is connected to it.
  schema.index(
    { domain: 1 },
    { unique: true, partialFilterExpression: { platform: 'shopify', status: 'connected' } },
  );
  // The snippet names the shop by its key.
  schema.index({ storeKey: 1 }, { unique: true });
  // The merchant's list, newest first.
  schema.index({ merchantId: 1, createdAt: -1, _id: -1 });
  countChanges(connection, schema);
  return connection.model<StoreDocument>('Store', schema);
}
