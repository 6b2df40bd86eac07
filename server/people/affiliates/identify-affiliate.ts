import { DomainError } from '../../shared/errors.ts';
import type { AffiliateCaller } from '../../platform/http/index.ts';
import type { AffiliateStore } from './affiliate.store.ts';

/**
 * The affiliate whose API key was sent, as a caller. A suspended affiliate still reads what they earned, because it
 * is owed to them; a rejected one has never earned anything.
 * @throws DomainError `unauthenticated` when the affiliate is not there, `forbidden` for a rejected one.
 */
export async function identifyAffiliate(
  { affiliates }: { affiliates: Pick<AffiliateStore, 'byId'> },
  { merchantId, affiliateId }: AffiliateCaller,
): Promise<AffiliateCaller> {
  const affiliate = await affiliates.byId(merchantId, affiliateId);
  if (!affiliate) {
    const help = 'Ask the merchant for a new one, and send `Authorization: Bearer <key>`.';
    throw new DomainError('unauthenticated', 'This API key is unknown or was deleted.', help);
  }
  if (affiliate.status === 'rejected') {
    const help = 'Ask the merchant to approve you.';
    throw new DomainError('forbidden', 'The merchant has rejected your application.', help);
  }
  return { merchantId, affiliateId };
}
