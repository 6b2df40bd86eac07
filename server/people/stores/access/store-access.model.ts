import { Schema, type Connection, type Model } from 'mongoose';
import { indexPendingEvents, pendingEventsField } from '../../../platform/mongo/index.ts';
import type { StoreAccess } from './store-access.ts';

export type StoreAccessDocument = Omit<StoreAccess, 'id'> & { _id: string };

/** Declares the collection of keys to shops on a connection. */
export function defineStoreAccessModel(connection: Connection): Model<StoreAccessDocument> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      address: { type: String, required: true },
      keys: { type: String, default: null },
      secretsInAddress: { type: Boolean, required: true },
      server: { type: String, required: true },
      since: { type: Date, required: true },
      lastSuccessAt: { type: Date, default: null },
      lastFailure: { type: Schema.Types.Mixed, default: null },
      channel: { type: Schema.Types.Mixed, default: null },
      checkedAt: { type: Date, default: null },
      revision: { type: Number, required: true },
      pendingEvents: pendingEventsField,
    },
    { collection: 'storeAccesses', versionKey: false },
  );
  // The shops of a merchant that take coupons.
  schema.index({ merchantId: 1 });
  indexPendingEvents(schema);
  return connection.model<StoreAccessDocument>('StoreAccess', schema);
}
