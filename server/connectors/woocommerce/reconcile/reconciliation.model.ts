import { Schema, type Connection, type Model } from 'mongoose';
import type { Reconciliation } from './reconciliation.ts';

export type ReconciliationDocument = Omit<Reconciliation, 'id'> & { _id: string };

/** Declares the collection of comparisons; they are kept. */
export function defineReconciliationModel(connection: Connection): Model<ReconciliationDocument> {
  const schema = new Schema<ReconciliationDocument>(
    {
      _id: { type: String, required: true },
      merchantId: { type: String, required: true },
      storeId: { type: String, required: true },
      from: { type: Date, required: true },
      to: { type: Date, required: true },
      status: { type: String, required: true },
      asked: { type: Boolean, required: true },
      days: [Schema.Types.Mixed],
      failure: { type: String, default: null },
      createdAt: { type: Date, required: true },
      finishedAt: { type: Date, default: null },
    },
    { collection: 'reconciliations', versionKey: false },
  );
  // A merchant's list, newest first.
  schema.index({ merchantId: 1, createdAt: -1, _id: -1 });
  schema.index({ status: 1, createdAt: 1 });
  // The newest of a store, which tells when the next one is due.
  schema.index({ merchantId: 1, storeId: 1, createdAt: -1 });
  return connection.model<ReconciliationDocument>('Reconciliation', schema);
}
