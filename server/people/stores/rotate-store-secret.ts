import { DomainError, notFound } from '../../shared/errors.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import { chooseWebhookSecret } from './choose-webhook-secret.ts';
import type { StoreDeps } from './connect-store.ts';
import type { Platform, Store } from './store.ts';

/** `webhook`: the platform's own hooks. `event`: our signed events. */
export type SecretKind = 'webhook' | 'event';

/** Whose store. */
export interface StoreRef {
  merchantId: string;
  id: string;
}

/**
 * Gives a store a new secret, shown this once. The one before stays valid for 24 hours, until the next
 * rotation at most, so that nothing is lost while the shop changes over.
 *
 * @param given the platform's own, where it makes them; for webhooks only
 * @throws DomainError `not-found`, `store-disconnected`, `invalid-input` for a Shopify shop without its
 * secret, or `impossible` for a given event secret.
 */
export function rotateStoreSecret(
  deps: StoreDeps,
  ref: StoreRef,
  { kind, given }: { kind: SecretKind; given: string | undefined },
): Promise<{ store: Store; secret: string }> {
  const field = kind === 'webhook' ? 'webhookSecrets' : 'eventSecrets';
  return untilSaved(async () => {
    const store = await storeOrThrow(deps, ref);
    if (store.status === 'disconnected') {
      throw new DomainError('store-disconnected', 'This store was disconnected.', 'Connect it again.');
    }
    const secret = chooseSecret(deps, store.platform, { kind, given });
    const rotated = { [field]: deps.secrets.rotate(store.id, store[field], { secret, now: deps.clock() }) };
    const outcome = await deps.stores.update(store, rotated);
    return { saved: outcome === 'saved', result: { store: { ...store, ...rotated }, secret } };
  });
}

function chooseSecret(
  { secrets }: StoreDeps,
  platform: Platform,
  { kind, given }: { kind: SecretKind; given: string | undefined },
): string {
  if (kind === 'webhook') {
    return chooseWebhookSecret(platform, given, { field: 'secret', make: secrets.newWebhookSecret });
  }
  if (given === undefined) return secrets.newEventSecret();
  throw new DomainError('impossible', 'Event secrets are made here.', 'Leave `secret` out.');
}

/** @throws DomainError `not-found`. */
export async function storeOrThrow(deps: Pick<StoreDeps, 'stores'>, ref: StoreRef): Promise<Store> {
  const store = await deps.stores.byId(ref.merchantId, ref.id);
  if (!store) throw notFound('The store');
  return store;
}
