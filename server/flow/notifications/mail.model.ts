import { Schema, type Connection, type Model } from 'mongoose';
import { indexPendingEvents, pendingEventsField } from '../../platform/mongo/index.ts';
import type { Mail } from './mail.ts';

export function defineMailModel(connection: Connection): Model<Mail> {
  const text = { type: String, required: true };
  const schema = new Schema(
    {
      merchantId: text,
      _id: text,
      revision: { type: Number, required: true },
      reference: text,
      affiliateId: text,
      to: { name: text, address: text },
      senderName: text,
      list: text,
      subject: text,
      text,
      html: text,
      queuedAt: { type: Date, required: true },
      state: text,
      attempts: { type: Number, required: true },
      leaseUntil: { type: Date, default: null },
      sentAt: { type: Date, default: null },
      failure: { type: String, default: null },
      pendingEvents: pendingEventsField,
    },
    { collection: 'mails', minimize: false, versionKey: false },
  );
  // One mail for each thing there is to tell, however often the event arrives.
  schema.index({ merchantId: 1, reference: 1 }, { unique: true });
  indexPendingEvents(schema);
  return connection.model<Mail>('Mail', schema);
}
