import type { Clock } from '../../../shared/clock.ts';
import { DomainError, notFound } from '../../../shared/errors.ts';
import type { NewId } from '../../../shared/ids.ts';
import { hashToken, randomToken } from '../../../platform/crypto/index.ts';
import type { AffiliateStore } from '../affiliate.store.ts';
import { KEY_MARK, SHOWN_LENGTH, type ApiKey, type NewApiKey } from './api-key.ts';
import type { ApiKeyStore, KeyOwner } from './api-key.store.ts';

export interface ApiKeyDeps {
  affiliates: Pick<AffiliateStore, 'byId'>;
  apiKeys: ApiKeyStore;
  clock: Clock;
  newId: NewId;
}

/**
 * Makes an API key for an affiliate: `rfl_` and 32 random bytes. `key` is never to be had again.
 * @throws DomainError `not-found`, or `impossible` for a rejected affiliate, whose key would read nothing.
 */
export async function createApiKey(
  { affiliates, apiKeys, clock, newId }: ApiKeyDeps,
  { merchantId, affiliateId }: KeyOwner,
  { name }: NewApiKey,
): Promise<ApiKey & { key: string }> {
  const affiliate = await affiliates.byId(merchantId, affiliateId);
  if (!affiliate) throw notFound('The affiliate');
  if (affiliate.status === 'rejected') {
    const help = 'Approve the affiliate first.';
    throw new DomainError('impossible', 'A rejected affiliate reads nothing by API.', help);
  }
  const key = KEY_MARK + randomToken();
  const apiKey = {
    merchantId,
    id: newId(),
    affiliateId,
    name,
    keyHash: hashToken(key),
    prefix: key.slice(0, SHOWN_LENGTH),
    createdAt: clock(),
    lastUsedAt: null,
  };
  await apiKeys.insert(apiKey);
  return { ...apiKey, key };
}
