import { Schema, type Connection, type Model } from 'mongoose';
import { indexPendingEvents, pendingEventsField } from '../../platform/mongo/index.ts';
import type { Statement } from './statement.ts';

export function defineStatementModel(connection: Connection): Model<Statement> {
  const text = { type: String, required: true };
  const moment = { type: Date, required: true };
  const amount = { type: BigInt, required: true };
  const schema = new Schema(
    {
      merchantId: text,
      _id: text,
      number: { type: Number, required: true },
      affiliateId: text,
      currency: text,
      period: text,
      timeZone: text,
      from: moment,
      to: moment,
      issuedAt: moment,
      opening: amount,
      earned: amount,
      reversed: amount,
      paidOut: amount,
      closing: amount,
      owed: Schema.Types.Mixed,
      orders: [Schema.Types.Mixed],
      payments: [Schema.Types.Mixed],
      pendingEvents: pendingEventsField,
    },
    { collection: 'statements', minimize: false, versionKey: false },
  );
  // Decides who gets the next number, the loser reads again; also lists newest first.
  schema.index({ merchantId: 1, number: 1 }, { unique: true });
  // One statement of a series: issuing it again is a no-op. Also finds the statements of one affiliate.
  schema.index({ merchantId: 1, affiliateId: 1, currency: 1, period: 1 }, { unique: true });
  indexPendingEvents(schema);
  return connection.model<Statement>('Statement', schema);
}
