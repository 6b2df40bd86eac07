import { notFound } from '../../../shared/errors.ts';
import { untilSaved } from '../../../platform/mongo/index.ts';
import { storeOrThrow, type StoreRef } from '../rotate-store-secret.ts';
import type { AccessDeps } from './access-deps.ts';

/**
 * Forgets the keys of a shop: nothing is asked of it any more. In the shop they stay until its owner deletes them there.
 * @throws DomainError `not-found`, also when there are no keys.
 */
export async function removeRestAccess(deps: AccessDeps, ref: StoreRef): Promise<void> {
  const { id, merchantId } = await storeOrThrow(deps, ref);
  await untilSaved(async () => {
    const access = await deps.accesses.byId(merchantId, id);
    if (!access?.keys) throw notFound('The access to the shop');
    return { saved: await deps.accesses.save({ ...access, keys: null }, []), result: undefined };
  });
}
