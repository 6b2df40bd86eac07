import { notFound } from '../../shared/errors.ts';
import { invalidInput } from '../../platform/http/index.ts';
import type { Affiliate, NewIdentity } from './affiliate.ts';
import type { AffiliateDeps } from './create-affiliate.ts';
import { hashIdentity } from './hash-identity.ts';

/**
 * Keeps by what an affiliate is known again as a buyer (S9), as hashes. It holds for every decision that is still
 * open: a person does not become somebody else at the moment at which we learn their address.
 * @throws DomainError `not-found`, or `invalid-input` for a shop that is not the merchant's and for an address
 * that names no home.
 */
export async function stateIdentity(
  deps: AffiliateDeps,
  { merchantId, id }: { merchantId: string; id: string },
  stated: NewIdentity,
): Promise<Affiliate> {
  if (!(await deps.affiliates.byId(merchantId, id))) throw notFound('The affiliate');
  for (const [index, { storeId }] of (stated.storeAccounts ?? []).entries()) {
    if (await deps.isStore(merchantId, storeId)) continue;
    const path = `storeAccounts.${index}.storeId`;
    throw invalidInput([{ path, message: 'Choose one of your stores; GET /api/v1/stores lists them.' }]);
  }
  const hashed = hashIdentity(stated, deps.buyerHash(merchantId));
  if (stated.address && hashed.address === null) {
    throw invalidInput([{ path: 'address', message: 'Name the street, and the postcode or the city.' }]);
  }
  await deps.affiliates.stateIdentity(merchantId, id, hashed);
  const affiliate = await deps.affiliates.byId(merchantId, id);
  if (!affiliate) throw notFound('The affiliate');
  return affiliate;
}
