import { DomainError, notFound } from '../../shared/errors.ts';
import type { ApiKey, ApiKeys } from '../api-keys/index.ts';
import type { AffiliateStore } from './affiliate.store.ts';

export interface AffiliateKeyDeps {
  affiliates: Pick<AffiliateStore, 'byId'>;
  apiKeys: Pick<ApiKeys, 'create' | 'list' | 'remove'>;
}

/**
 * Makes an API key for an affiliate. `key` is never to be had again.
 * @throws DomainError `not-found`, or `impossible` for a rejected affiliate, whose key would read nothing.
 */
export async function createAffiliateKey(
  { affiliates, apiKeys }: AffiliateKeyDeps,
  { merchantId, affiliateId }: { merchantId: string; affiliateId: string },
  { name }: { name: string },
): Promise<ApiKey & { key: string }> {
  const affiliate = await affiliates.byId(merchantId, affiliateId);
  if (!affiliate) throw notFound('The affiliate');
  if (affiliate.status === 'rejected') {
    const help = 'Approve the affiliate first.';
    throw new DomainError('impossible', 'A rejected affiliate reads nothing by API.', help);
  }
  return apiKeys.create({ merchantId, affiliateId }, { name, scopes: [] });
}
