import { Schema, type Connection, type Model } from 'mongoose';
import { countChanges } from '../../../platform/mongo/index.ts';
import type { DirectLink } from './direct-link.ts';

export type DirectLinkDocument = Omit<DirectLink, 'id'> & { _id: string };

/** Declares the collection of direct links on a connection. */
export function defineDirectLinkModel(connection: Connection): Model<DirectLinkDocument> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      programId: { type: String, required: true },
      affiliateId: { type: String, required: true },
      host: { type: String, required: true },
      pathPrefix: { type: String, default: '' },
      token: { type: String, required: true },
      status: { type: String, required: true },
      statuses: [Schema.Types.Mixed],
      lastCheck: { type: Schema.Types.Mixed, default: null },
      failedChecks: { type: Number, required: true },
      nextCheckAt: { type: Date, default: null },
      test: { type: Schema.Types.Mixed, default: null },
      revision: { type: Number, required: true },
      createdAt: { type: Date, required: true },
    },
    { collection: 'directLinks', versionKey: false },
  );
  // Each member registers a place once.
  schema.index(
    { merchantId: 1, host: 1, pathPrefix: 1, programId: 1, affiliateId: 1 },
    { unique: true, name: 'place' },
  );
  // The merchant's list, newest first.
  schema.index({ merchantId: 1, createdAt: -1, _id: -1 });
  // An affiliate's direct links, newest first.
  schema.index({ merchantId: 1, affiliateId: 1, createdAt: -1, _id: -1 });
  // What the job looks at next, of all merchants.
  schema.index({ nextCheckAt: 1 });
  // The one-time address of a test names no merchant.
  schema.index({ 'test.tokenHash': 1 });
  countChanges(connection, schema);
  return connection.model<DirectLinkDocument>('DirectLink', schema);
}
