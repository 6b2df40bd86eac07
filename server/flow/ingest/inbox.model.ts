import { Schema, type Connection, type Model, type mongo } from 'mongoose';
import type { PendingEvent } from '../../shared/events.ts';
import { indexPendingEvents, pendingEventsField } from '../../platform/mongo/index.ts';
import type { PreparedDelivery } from './prepare-delivery.ts';

/** A delivery as it was received: durable when the store is answered, applied to its order afterwards. */
export interface InboxDelivery {
  merchantId: string;
  _id: string;
  /** Store and key: one delivery is received once. */
  reference: string;
  prepared: PreparedDelivery;
  /** When its name may be forgotten; null until it was applied, so that nothing that waits is lost. */
  expiresAt: Date | null;
  pendingEvents: PendingEvent[];
}

/**
 * How it is stored: what is to be applied is one binary value of BSON, because neither driver nor database need look
 * into it, and looking is most of what an insert costs. Absent once it was applied: the order has it then.
 */
export type InboxDocument = Omit<InboxDelivery, 'prepared'> & { prepared?: mongo.Binary };

export function defineInboxModel(connection: Connection): Model<InboxDocument> {
  const schema = new Schema<InboxDocument>(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      reference: { type: String, required: true },
      prepared: Schema.Types.Buffer,
      expiresAt: { type: Date, default: null },
      pendingEvents: pendingEventsField,
    },
    { collection: 'inbox', versionKey: false },
  );
  // Knows a repeat, and decides which of two at once was first.
  schema.index({ merchantId: 1, reference: 1 }, { unique: true });
  // Lets the database forget the names of what was applied long ago.
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  indexPendingEvents(schema);
  return connection.model<InboxDocument>('InboxDelivery', schema);
}
