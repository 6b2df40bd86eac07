import type { Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import type { FindStore, StoreConnection } from '../../shared/store-connection.ts';
import { createNoteEvent } from './note-event.ts';
import { listShopHosts } from './list-shop-hosts.ts';
import type { Store } from './store.ts';
import { createStoreSecrets } from './store-secrets.ts';
import { storeRoutes } from './store.routes.ts';
import { createStoreStore } from './store.store.ts';

export interface StoresDeps {
  connection: Connection;
  clock: Clock;
  newId: NewId;
  masterSecret: string;
}

/** FindStore, and by the public key that the snippet sends. */
interface FindAnyStore extends FindStore {
  byStoreKey(storeKey: string): Promise<StoreConnection | undefined>;
}

export type Stores = ReturnType<typeof createStores>;

/** Wires the shops, and what hooks, connectors and the snippet ask of them. */
export function createStores({ connection, clock, newId, masterSecret }: StoresDeps) {
  const stores = createStoreStore(connection);
  const secrets = createStoreSecrets(masterSecret);

  const toConnection = (store: Store | undefined): StoreConnection | undefined =>
    store && {
      id: store.id,
      merchantId: store.merchantId,
      platform: store.platform,
      domain: store.domain,
      status: store.status,
      webhookSecrets: secrets.decrypt(store.id, store.webhookSecrets, clock()),
      eventSecrets: secrets.decrypt(store.id, store.eventSecrets, clock()),
    };
  const findStore: FindAnyStore = {
    byId: async (storeId) => toConnection(await stores.byIdAlone(storeId)),
    byShopifyDomain: async (domain) => toConnection(await stores.byShopifyDomain(domain)),
    byStoreKey: async (storeKey) => toConnection(await stores.byStoreKey(storeKey)),
  };

  return {
    findStore,
    /** `host[:port]` of the shops that a merchant has connected: where links may lead. */
    shopHosts: async (merchantId: string) => listShopHosts(await stores.connectedOf(merchantId)),
    isStore: async (merchantId: string, storeId: string) =>
      (await stores.byId(merchantId, storeId)) !== undefined,
    noteEvent: createNoteEvent({ stores, clock }),
    routes: storeRoutes({ stores, secrets, clock, newId }),
  };
}
