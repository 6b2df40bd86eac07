import { Schema, type Connection, type Model } from 'mongoose';
import { indexPendingEvents, pendingEventsField } from '../../platform/mongo/index.ts';
import type { LedgerEntry } from './ledger-entry.ts';

export function defineLedgerModel(connection: Connection): Model<LedgerEntry> {
  const text = { type: String, required: true };
  const schema = new Schema(
    {
      merchantId: text,
      _id: text,
      seq: { type: Number, required: true },
      affiliateBalance: { type: BigInt, required: true },
      accounts: [String],
      reference: text,
      kind: text,
      postedAt: { type: Date, required: true },
      currency: text,
      affiliateId: text,
      programId: text,
      orderId: text,
      orderNumber: text,
      orderVersion: { type: Number, required: true },
      postingId: text,
      postings: [Schema.Types.Mixed],
      previousHash: text,
      hash: text,
      pendingEvents: pendingEventsField,
    },
    { collection: 'ledgerEntries', versionKey: false },
  );
  // Decides who gets the next number of the chain; the loser reads again.
  schema.index({ merchantId: 1, seq: 1 }, { unique: true });
  // Makes every post idempotent.
  schema.index({ merchantId: 1, reference: 1 }, { unique: true });
  // Statements of one affiliate.
  schema.index({ merchantId: 1, affiliateId: 1, currency: 1, postedAt: 1 });
  // What one account moved since its balance was last added up.
  schema.index({ merchantId: 1, accounts: 1, currency: 1, seq: 1 });
  // The entry that carries an affiliate's balance.
  schema.index({ merchantId: 1, affiliateId: 1, currency: 1, seq: 1 });
  indexPendingEvents(schema);
  return connection.model<LedgerEntry>('LedgerEntry', schema);
}
