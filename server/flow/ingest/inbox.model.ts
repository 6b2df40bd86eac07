import { Schema, type Connection, type Model } from 'mongoose';
import type { PendingEvent } from '../../shared/events.ts';
import { indexPendingEvents, pendingEventsField } from '../../platform/mongo/index.ts';
import type { PreparedDelivery } from './prepare-delivery.ts';

/** A delivery as it was received: durable when the store is answered, applied to its order afterwards. */
export interface InboxDelivery extends PreparedDelivery {
  _id: string;
  /** Store and key: one delivery is received once. */
  reference: string;
  /** When its name may be forgotten; null until it was applied, so that nothing that waits is lost. */
  expiresAt: Date | null;
  pendingEvents: PendingEvent[];
}

export function defineInboxModel(connection: Connection): Model<InboxDelivery> {
  const schema = new Schema<InboxDelivery>(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      reference: { type: String, required: true },
      storeId: { type: String, required: true },
      channel: { type: String, required: true },
      key: { type: String, required: true },
      delivery: Schema.Types.Mixed,
      buyer: Schema.Types.Mixed,
      checkoutHash: { type: String, default: null },
      receivedAt: { type: Date, required: true },
      expiresAt: { type: Date, default: null },
      pendingEvents: pendingEventsField,
    },
    { collection: 'inbox', minimize: false, versionKey: false },
  );
  // Knows a repeat, and decides which of two at once was first.
  schema.index({ merchantId: 1, reference: 1 }, { unique: true });
  // Lets the database forget the names of what was applied long ago.
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  indexPendingEvents(schema);
  return connection.model<InboxDelivery>('InboxDelivery', schema);
}
