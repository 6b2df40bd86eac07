import type { Connection } from 'mongoose';
import { afterCursor, NEWEST_FIRST, toPage, type Page, type PageRequest } from '../../platform/http/index.ts';
import { isDuplicateKey } from '../../platform/mongo/index.ts';
import type { Platform, Store } from './store.ts';
import { defineStoreModel, type StoreDocument } from './store.model.ts';

export type StoreStore = ReturnType<typeof createStoreStore>;

/** `known`: the merchant has it. `elsewhere`: another merchant is connected to it. */
export type ConnectOutcome = 'connected' | 'known' | 'elsewhere';

/** What changes when a store is connected again, or gets new secrets. */
export type StoreChange = Partial<
  Pick<Store, 'status' | 'storefrontHosts' | 'webhookSecrets' | 'eventSecrets'>
>;

/** Queries of stores. Those without a merchant serve hooks and the snippet, whose requests name none. */
export function createStoreStore(connection: Connection) {
  const stores = defineStoreModel(connection);
  const findOne = async (filter: object): Promise<Store | undefined> => {
    const document = await stores.findOne(filter).lean();
    return document ? toStore(document) : undefined;
  };

  return {
    async insert({ id: _id, ...facts }: Store): Promise<ConnectOutcome> {
      try {
        await stores.create({ _id, ...facts });
        return 'connected';
      } catch (error) {
        if (isDuplicateKey(error, 'merchantId')) return 'known';
        if (isDuplicateKey(error)) return 'elsewhere';
        throw error;
      }
    },

    byId: (merchantId: string, id: string) => findOne({ merchantId, _id: id }),
    byDomain: (merchantId: string, platform: Platform, domain: string) =>
      findOne({ merchantId, platform, domain }),
    byIdAlone: (id: string) => findOne({ _id: id }),
    byStoreKey: (storeKey: string) => findOne({ storeKey }),

    /** The connected one, else one that was connected: its hooks learn that it is over. */
    async byShopifyDomain(domain: string): Promise<Store | undefined> {
      const shop = { platform: 'shopify', domain };
      return (
        (await findOne({ ...shop, status: 'connected' })) ?? findOne({ ...shop, status: 'disconnected' })
      );
    },

    async list(merchantId: string, { limit, cursor }: PageRequest): Promise<Page<Store>> {
      const filter = { merchantId, ...afterCursor(cursor) };
      const documents = await stores
        .find(filter)
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean();
      return toPage(documents.map(toStore), limit);
    },

    async connectedOf(merchantId: string): Promise<Store[]> {
      const documents = await stores.find({ merchantId, status: 'connected' }).lean();
      return documents.map(toStore);
    },

    /**
     * Writes a change. `elsewhere`: another merchant is connected to the shop. `stale`: somebody else changed
     * the store since `before` was read.
     */
    async update(before: Store, change: StoreChange): Promise<'saved' | 'elsewhere' | 'stale'> {
      const { merchantId, id: _id, status, webhookSecrets, eventSecrets } = before;
      const filter = { merchantId, _id, status, webhookSecrets, eventSecrets };
      try {
        const { matchedCount } = await stores.updateOne(filter, { $set: change });
        return matchedCount === 1 ? 'saved' : 'stale';
      } catch (error) {
        if (isDuplicateKey(error)) return 'elsewhere';
        throw error;
      }
    },

    /** Remembers the newest event; an older one changes nothing. Nobody's memory of the store is void by that. */
    async noteEvent(merchantId: string, id: string, at: Date): Promise<void> {
      const past = connection.collection<StoreDocument>(stores.collection.name);
      await past.updateOne({ merchantId, _id: id }, { $max: { lastEventAt: at } });
    },
  };
}

function toStore({ _id: id, ...facts }: StoreDocument): Store {
  return { id, ...facts };
}
