import { DAY, MINUTE } from '../../../shared/clock.ts';
import { DomainError } from '../../../shared/errors.ts';
import { hashToken, randomToken } from '../../../platform/crypto/index.ts';
import type { StoreRef } from '../rotate-store-secret.ts';
import type { AccessDeps } from './access-deps.ts';
import { buildAuthorizeUrl } from './build-authorize-url.ts';
import { isReachableBack } from './is-reachable-back.ts';
import { resolveShopAddress } from './resolve-shop-address.ts';
import { openableStoreOrThrow } from './save-rest-access.ts';

const OPEN_FOR = 30 * MINUTE;

/**
 * Makes the address at which a shop's owner agrees to give us keys, by a state that is good once, for half an hour
 * and for this store alone.
 *
 * @throws DomainError `not-found`, `store-disconnected`, `invalid-input`, or `impossible` while this server has no
 * https address, to which alone WooCommerce hands keys.
 */
export async function startAuthorization(
  deps: AccessDeps,
  ref: StoreRef,
  { address: given, server }: { address: string | undefined; server: string },
): Promise<{ authorizeUrl: string; expiresAt: Date }> {
  const store = await openableStoreOrThrow(deps, ref);
  const address = resolveShopAddress(store.domain, given);
  if (!isReachableBack(server)) throw notReachable();
  const now = deps.clock().getTime();
  const state = randomToken();
  const expiresAt = new Date(now + OPEN_FOR);
  await deps.authorizations.insert({
    _id: hashToken(state),
    merchantId: store.merchantId,
    storeId: store.id,
    address,
    server,
    expiresAt,
    usedAt: null,
    outcome: null,
    forgetAt: new Date(now + DAY),
  });
  return { authorizeUrl: buildAuthorizeUrl({ address, server, state }), expiresAt };
}

function notReachable(): DomainError {
  return new DomainError(
    'impossible',
    'WooCommerce hands keys only to a server with an https address, and this one has none.',
    'Set PUBLIC_URL to the https address of this server, or make a key in WooCommerce under Settings, Advanced, ' +
      'REST API and send it with PUT /api/v1/stores/:id/rest-access.',
  );
}
