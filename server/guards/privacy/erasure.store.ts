import type { Connection } from 'mongoose';
import { afterCursor, NEWEST_FIRST, toPage, type Page, type PageRequest } from '../../platform/http/index.ts';
import { isDuplicateKey } from '../../platform/mongo/index.ts';
import { defineErasureModel, type Erasure, type ErasureDocument } from './erasure.model.ts';

export type ErasureStore = ReturnType<typeof createErasureStore>;

/** What buyers asked, each merchant's own. */
export function createErasureStore(connection: Connection) {
  const erasures = defineErasureModel(connection);
  return {
    /** Keeps a request once, however often its event comes. */
    async keep({ id: _id, ...facts }: Erasure): Promise<void> {
      try {
        await erasures.create({ _id, ...facts });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },

    async list(merchantId: string, { limit, cursor }: PageRequest): Promise<Page<Erasure>> {
      const documents = await erasures
        .find({ merchantId, ...afterCursor(cursor) })
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean<ErasureDocument[]>();
      return toPage(
        documents.map(({ _id: id, ...facts }) => ({ id, ...facts })),
        limit,
      );
    },
  };
}
