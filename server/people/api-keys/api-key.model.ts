import { Schema, type Connection, type Model } from 'mongoose';
import type { ApiKey } from './api-key.ts';

export type ApiKeyDocument = Omit<ApiKey, 'id'> & { _id: string };

/** Declares the collection of API keys on a connection. */
export function defineApiKeyModel(connection: Connection): Model<ApiKeyDocument> {
  const schema = new Schema(
    {
      merchantId: { type: String, required: true },
      _id: { type: String, required: true },
      affiliateId: { type: String, default: null },
      name: { type: String, required: true },
      scopes: [String],
      keyHash: { type: String, required: true },
      prefix: { type: String, required: true },
      createdAt: { type: Date, required: true },
      lastUsedAt: { type: Date, default: null },
    },
    { collection: 'apiKeys', versionKey: false },
  );
  // A request knows the key only, so that it is unique across merchants.
  schema.index({ keyHash: 1 }, { unique: true });
  // The keys of an affiliate, or of the merchant's programs, newest first.
  schema.index({ merchantId: 1, affiliateId: 1, createdAt: -1, _id: -1 });
  return connection.model<ApiKeyDocument>('ApiKey', schema);
}
