import type { Cache, Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import type { StoreApi } from '../../shared/store-api.ts';
import type { FindStore, StoreConnection } from '../../shared/store-connection.ts';
import { createAccess } from './access/create-access.ts';
import { createNoteEvent } from './note-event.ts';
import { listShopHosts } from './list-shop-hosts.ts';
import type { Store, StoredSecret } from './store.ts';
import { createStoreSecrets, type StoreSecrets } from './store-secrets.ts';
import { storeRoutes } from './store.routes.ts';
import { createStoreStore } from './store.store.ts';

export interface StoresDeps {
  connection: Connection;
  cache: Cache;
  clock: Clock;
  newId: NewId;
  masterSecret: string;
  /** Base64 of the key under which the merchant's plugins hash buyers. */
  buyerKey: (merchantId: string) => string;
  publicUrl: string | undefined;
  /** What is asked of shops. */
  storeApi: StoreApi;
  nudge: (collection: string) => void;
}

/** FindStore, and by the public key that the snippet sends. */
interface FindAnyStore extends FindStore {
  byStoreKey(storeKey: string): Promise<StoreConnection | undefined>;
}

export type Stores = ReturnType<typeof createStores>;

/** Wires the shops, and what hooks, connectors and the snippet ask of them. */
export function createStores({ connection, cache, clock, newId, masterSecret, ...rest }: StoresDeps) {
  const stores = createStoreStore(connection);
  const secrets = createStoreSecrets(masterSecret);
  const access = createAccess({ stores, secrets, connection, clock, newId, masterSecret, ...rest });

  /** Remembered with its secrets open, because to open them takes longer than to check a signature. */
  const find = async (question: string, load: () => Promise<Store | undefined>) => {
    const store = await cache.get(`store by ${question}`, async () => openSecrets(await load(), secrets));
    return store && toConnection(store, clock());
  };
  const findStore: FindAnyStore = {
    byId: (id) => find(`id ${id}`, () => stores.byIdAlone(id)),
    byShopifyDomain: (domain) => find(`domain ${domain}`, () => stores.byShopifyDomain(domain)),
    byStoreKey: (key) => find(`key ${key}`, () => stores.byStoreKey(key)),
  };

  return {
    findStore,
    /** `host[:port]` of the shops that a merchant has connected: where links may lead. */
    shopHosts: async (merchantId: string) => listShopHosts(await stores.connectedOf(merchantId)),
    isStore: async (merchantId: string, storeId: string) =>
      (await stores.byId(merchantId, storeId)) !== undefined,
    noteEvent: createNoteEvent({ stores, clock }),
    ...access.asked,
    routes: [
      ...storeRoutes({ stores, secrets, clock, newId, accessOf: access.accessOf, ...rest }),
      ...access.routes,
    ],
  };
}

function openSecrets(store: Store | undefined, secrets: StoreSecrets): Store | undefined {
  return (
    store && {
      ...store,
      webhookSecrets: secrets.decrypt(store.id, store.webhookSecrets),
      eventSecrets: secrets.decrypt(store.id, store.eventSecrets),
    }
  );
}

/** A store whose secrets are open, with those that are good at a moment. */
function toConnection(store: Store, now: Date): StoreConnection {
  const { id, merchantId, platform, domain, status } = store;
  const good = (secrets: readonly StoredSecret[]): string[] =>
    secrets.filter(({ until }) => until === null || now < until).map(({ secret }) => secret);
  const webhookSecrets = good(store.webhookSecrets);
  return { id, merchantId, platform, domain, status, webhookSecrets, eventSecrets: good(store.eventSecrets) };
}
