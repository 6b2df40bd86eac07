import { DomainError } from '../../../shared/errors.ts';
import { hashToken } from '../../../platform/crypto/index.ts';
import type { AccessDeps } from './access-deps.ts';
import type { AuthorizationDocument } from './authorization.model.ts';
import { refuseForShop } from './refuse-for-shop.ts';
import { keepAccess, openableStoreOrThrow } from './save-rest-access.ts';
import type { GrantedKeys } from './store-access.ts';

/**
 * Takes the keys that a shop posts after its owner agreed. The state says which store is meant; that the keys are
 * this store's, and nobody's else, is proven by the store's own address, which must open with them. A refusal
 * makes WooCommerce delete the keys again.
 *
 * @throws DomainError `not-found` for a state that is unknown, used or late, `store-disconnected`, `impossible`,
 * `unavailable`.
 */
export async function takeKeys(deps: AccessDeps, granted: GrantedKeys): Promise<void> {
  const authorization = await deps.authorizations.use(hashToken(granted.user_id), deps.clock());
  if (!authorization) throw unknownState();
  try {
    await proveAndKeep(deps, authorization, granted);
  } catch (error) {
    const refusal = refuseForShop(error);
    const reason = refusal instanceof DomainError ? refusal.message : 'Something went wrong on our side.';
    await deps.authorizations.noteOutcome(authorization._id, { connected: false, reason });
    throw refusal;
  }
  await deps.authorizations.noteOutcome(authorization._id, { connected: true });
}

async function proveAndKeep(
  deps: AccessDeps,
  { merchantId, storeId, address, server }: AuthorizationDocument,
  { consumer_key: consumerKey, consumer_secret: consumerSecret, key_permissions: rights }: GrantedKeys,
): Promise<void> {
  const store = await openableStoreOrThrow(deps, { merchantId, id: storeId });
  if (rights !== 'read_write') {
    const help = 'Start again, and agree to reading and writing.';
    throw new DomainError('impossible', 'The keys cannot read and write.', help);
  }
  const access = { address, consumerKey, consumerSecret, secretsInAddress: false };
  await deps.storeApi.checkAccess(access);
  await keepAccess(deps, store, access, server);
}

function unknownState(): DomainError {
  return new DomainError(
    'not-found',
    'This question for keys is not known, was answered already, or is older than 30 minutes.',
    'Start again in Refledger; the keys that were just made are not kept.',
  );
}
