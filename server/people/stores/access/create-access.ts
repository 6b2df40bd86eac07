import type { Connection } from '../../../platform/mongo/index.ts';
import type { OpenStore, RestAccess } from '../../../shared/rest-access.ts';
import type { Store } from '../store.ts';
import { createAccessKeys } from './access-keys.ts';
import type { AccessDeps } from './access-deps.ts';
import { accessRoutes } from './access.routes.ts';
import { askShop } from './ask-shop.ts';
import { createAuthorizationStore } from './authorization.store.ts';
import { checkChannels } from './check-channels.ts';
import { describeAuthorization } from './describe-authorization.ts';
import { createOnStoreOpened } from './on-store-opened.ts';
import type { StoreAccess } from './store-access.ts';
import { createStoreAccessStore } from './store-access.store.ts';

interface Given extends Omit<AccessDeps, 'accesses' | 'authorizations' | 'keys'> {
  connection: Connection;
  masterSecret: string;
  publicUrl: string | undefined;
}

/** Wires the keys of shops. `asked` is what other parts ask of them. */
export function createAccess({ connection, masterSecret, ...given }: Given) {
  const accesses = createStoreAccessStore(connection);
  const keys = createAccessKeys(masterSecret);
  const authorizations = createAuthorizationStore(connection);
  const deps = { ...given, accesses, keys, authorizations };

  async function findOpen(merchantId: string, storeId: string): Promise<StoreAccess | undefined> {
    const access = await accesses.byId(merchantId, storeId);
    if (!access?.keys) return undefined;
    return isConnected(await given.stores.byId(merchantId, storeId)) ? access : undefined;
  }

  async function openStores(found: StoreAccess[]): Promise<OpenStore[]> {
    const open: OpenStore[] = [];
    for (const { merchantId, id: storeId } of found) {
      const access = await asked.findRestAccess(merchantId, storeId);
      if (access) open.push({ merchantId, storeId, access });
    }
    return open;
  }

  const asked = {
    /** How a shop's REST interface is opened; null where there are no keys, and of a disconnected shop. */
    async findRestAccess(merchantId: string, storeId: string): Promise<RestAccess | null> {
      const access = await findOpen(merchantId, storeId);
      return access ? keys.open(access) : null;
    },
    /** The connected shops of all merchants that can be asked. */
    listWithRestAccess: async () => openStores(await accesses.allOpen()),
    /** The connected shops of one merchant that can be asked. */
    openStoresOf: async (merchantId: string) => openStores(await accesses.openOf(merchantId)),

    /**
     * Asks a shop, and notes for its health what came of it; undefined where there are no keys.
     * @throws what the question throws.
     */
    async askShop<T>(
      merchantId: string,
      storeId: string,
      question: (access: RestAccess) => Promise<T>,
    ): Promise<T | undefined> {
      const access = await findOpen(merchantId, storeId);
      return access && askShop(deps, access, question);
    },
    /**
     * For a store's health, when another part asked a shop that was listed here.
     * @param failure in words; null when the shop answered. Of keys that were changed meanwhile it says nothing.
     */
    async noteAsked({ merchantId, storeId, access: used }: OpenStore, failure: string | null): Promise<void> {
      const access = await findOpen(merchantId, storeId);
      if (!access || keys.open(access)?.consumerKey !== used.consumerKey) return;
      const at = given.clock();
      if (failure === null) await accesses.noteSuccess(access, at);
      else await accesses.noteFailure(access, { at, message: failure });
    },
    /** For the page to which a shop leads its owner back. */
    describeAuthorization: (state: string) => describeAuthorization(deps, state),
    onStoreOpened: createOnStoreOpened(deps),
    /** The job that looks daily whether shops still have our webhooks. */
    checkChannels: (mayGoOn: () => Promise<boolean>) => checkChannels(deps, mayGoOn),
  };

  return {
    asked,
    routes: accessRoutes(deps),
    /** For a store's health. */
    async accessOf(merchantId: string, storeId: string): Promise<StoreAccess | undefined> {
      const access = await accesses.byId(merchantId, storeId);
      return access?.keys ? access : undefined;
    },
  };
}

const isConnected = (store: Store | undefined): boolean => store?.status === 'connected';
