import type { PendingEvent } from '../../../shared/events.ts';
import { StoreApiProblem } from '../../../shared/store-api.ts';
import type { AccessDeps } from './access-deps.ts';
import { openChannel } from './open-channel.ts';

/** Goes on after a shop has given us keys. What passes is tried again; what does not is in the store's health. */
export function createOnStoreOpened(deps: AccessDeps) {
  return async ({ merchantId, data }: PendingEvent<'store.opened'>): Promise<void> => {
    const [store, access] = await Promise.all([
      deps.stores.byId(merchantId, data.storeId),
      deps.accesses.byId(merchantId, data.storeId),
    ]);
    if (store?.status !== 'connected' || !access?.keys) return;
    await deps.accesses.noteCheck(access, deps.clock());
    try {
      await openChannel(deps, store, access);
    } catch (error) {
      if (!(error instanceof StoreApiProblem) || error.code === 'passing') throw error;
    }
  };
}
