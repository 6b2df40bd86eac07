import { untilSaved } from '../../../platform/mongo/index.ts';
import { DomainError } from '../../../shared/errors.ts';
import { pendingEvent } from '../../../shared/events.ts';
import type { RestAccess } from '../../../shared/rest-access.ts';
import { storeOrThrow, type StoreRef } from '../rotate-store-secret.ts';
import type { Store } from '../store.ts';
import type { AccessDeps } from './access-deps.ts';
import { refuseForShop } from './refuse-for-shop.ts';
import { resolveShopAddress } from './resolve-shop-address.ts';
import type { NewRestAccess, StoreAccess } from './store-access.ts';

/**
 * Keeps the keys of a shop's REST interface after the shop has opened with them. What follows, the plugin's key
 * or webhooks, is left as an event.
 *
 * @param server this server's address, as the shop is to reach it
 * @throws DomainError `not-found`, `store-disconnected`, `invalid-input` for another host, `impossible` when the shop
 * does not take the keys, `unavailable` when it did not answer.
 */
export async function saveRestAccess(
  deps: AccessDeps,
  ref: StoreRef,
  { address, ...keys }: NewRestAccess,
  server: string,
): Promise<StoreAccess> {
  const store = await openableStoreOrThrow(deps, ref);
  const access = { ...keys, address: resolveShopAddress(store.domain, address) };
  try {
    await deps.storeApi.checkAccess(access);
  } catch (error) {
    throw refuseForShop(error);
  }
  return keepAccess(deps, store, access, server);
}

/** Stores keys that have opened the shop. */
export async function keepAccess(
  deps: AccessDeps,
  { id, merchantId }: Store,
  { address, secretsInAddress, ...keys }: RestAccess,
  server: string,
): Promise<StoreAccess> {
  const now = deps.clock();
  const sealed = deps.keys.seal(id, keys);
  const saved = await untilSaved(async () => {
    const known = await deps.accesses.byId(merchantId, id);
    const access: StoreAccess = {
      id,
      merchantId,
      address,
      keys: sealed,
      secretsInAddress,
      server,
      since: now,
      lastSuccessAt: now,
      lastFailure: null,
      channel: known?.channel ?? null,
      checkedAt: null,
      revision: known?.revision ?? 0,
    };
    const opened = pendingEvent('store.opened', merchantId, { storeId: id }, { id: deps.newId(), now });
    return { saved: await deps.accesses.save(access, [opened]), result: access };
  });
  deps.nudge('storeAccesses');
  return saved;
}

/**
 * A connected shop with a REST interface that we know.
 * @throws DomainError `not-found`, `store-disconnected`, or `impossible` for another platform.
 */
export async function openableStoreOrThrow(deps: Pick<AccessDeps, 'stores'>, ref: StoreRef): Promise<Store> {
  const store = await storeOrThrow(deps, ref);
  if (store.status === 'disconnected') {
    throw new DomainError('store-disconnected', 'This store was disconnected.', 'Connect it again.');
  }
  if (store.platform === 'woocommerce') return store;
  throw new DomainError(
    'impossible',
    'Only a WooCommerce shop is opened by keys.',
    'Other shops need none: see how they are connected in docs/developers/api.md.',
  );
}
