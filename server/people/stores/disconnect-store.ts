import { untilSaved } from '../../platform/mongo/index.ts';
import type { StoreDeps } from './connect-store.ts';
import { storeOrThrow, type StoreRef } from './rotate-store-secret.ts';
import type { Store } from './store.ts';

/**
 * Ends a connection: hooks are refused from now on, orders and their commissions stay.
 * @throws DomainError `not-found`.
 */
export function disconnectStore(deps: StoreDeps, ref: StoreRef): Promise<Store> {
  return untilSaved(async () => {
    const store = await storeOrThrow(deps, ref);
    const outcome = await deps.stores.update(store, { status: 'disconnected' });
    return { saved: outcome === 'saved', result: { ...store, status: 'disconnected' } };
  });
}
