import { Schema, type Connection, type Model } from 'mongoose';
import { countChanges } from '../../../platform/mongo/index.ts';
import type { Link } from './link.ts';

/** The first links had no more than these; they are short ones that never change. */
type Added = 'kind' | 'targets' | 'status' | 'statuses' | 'subId' | 'title';

export type LinkDocument = Omit<Link, 'id' | Added> & Partial<Pick<Link, Added>> & { _id: string };

/** Declares the collection of links on a connection. */
export function defineLinkModel(connection: Connection): Model<LinkDocument> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      programId: { type: String, required: true },
      affiliateId: { type: String, required: true },
      kind: String,
      slug: { type: String, required: true },
      targetUrl: { type: String, required: true },
      targets: { type: [Schema.Types.Mixed], default: undefined },
      status: String,
      statuses: { type: [Schema.Types.Mixed], default: undefined },
      subId: String,
      title: String,
      createdAt: { type: Date, required: true },
    },
    { collection: 'links', versionKey: false },
  );
  // A visitor's request names the slug and no merchant, so that it is unique across merchants.
  schema.index({ slug: 1 }, { unique: true });
  // The merchant's list, newest first.
  schema.index({ merchantId: 1, createdAt: -1, _id: -1 });
  // The merchant's rewrites, newest first.
  schema.index({ merchantId: 1, kind: 1, createdAt: -1, _id: -1 });
  // An affiliate's links, newest first.
  schema.index({ merchantId: 1, affiliateId: 1, createdAt: -1, _id: -1 });
  countChanges(connection, schema);
  return connection.model<LinkDocument>('Link', schema);
}
