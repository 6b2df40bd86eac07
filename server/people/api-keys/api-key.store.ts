import type { Connection } from 'mongoose';
import { afterCursor, NEWEST_FIRST, toPage, type Page, type PageRequest } from '../../platform/http/index.ts';
import type { ApiKey, KeyOwner } from './api-key.ts';
import { defineApiKeyModel, type ApiKeyDocument } from './api-key.model.ts';

export type ApiKeyStore = ReturnType<typeof createApiKeyStore>;

/** Queries of API keys, each within one owner, but for the one that finds out whose a key is. */
export function createApiKeyStore(connection: Connection) {
  const keys = defineApiKeyModel(connection);
  return {
    async insert({ id: _id, ...facts }: ApiKey): Promise<void> {
      await keys.create({ _id, ...facts });
    },

    async byHash(keyHash: string): Promise<ApiKey | undefined> {
      const document = await keys.findOne({ keyHash }).lean();
      return document ? toApiKey(document) : undefined;
    },

    async list({ merchantId, affiliateId }: KeyOwner, { limit, cursor }: PageRequest): Promise<Page<ApiKey>> {
      const documents = await keys
        .find({ merchantId, affiliateId, ...afterCursor(cursor) })
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean();
      return toPage(documents.map(toApiKey), limit);
    },

    /** False when the owner has no such key. */
    async remove({ merchantId, affiliateId }: KeyOwner, _id: string): Promise<boolean> {
      return (await keys.deleteOne({ merchantId, affiliateId, _id })).deletedCount === 1;
    },

    /** Does nothing when the key was deleted in between. */
    async noteUse({ merchantId, id: _id }: ApiKey, lastUsedAt: Date): Promise<void> {
      await keys.updateOne({ merchantId, _id }, { $set: { lastUsedAt } });
    },
  };
}

/** Keys of the first version are affiliates', and have no scopes. */
function toApiKey({ _id: id, scopes = [], ...facts }: ApiKeyDocument): ApiKey {
  return { id, scopes, ...facts };
}
