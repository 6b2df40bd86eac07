import type { Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import { hashToken, randomToken } from '../../platform/crypto/index.ts';
import { KEY_MARK, SHOWN_LENGTH, type ApiKey, type KeyOwner } from './api-key.ts';
import type { ApiKeyStore } from './api-key.store.ts';

export interface ApiKeyDeps {
  apiKeys: ApiKeyStore;
  clock: Clock;
  newId: NewId;
}

/** Makes an API key: `rfl_` and 32 random bytes. `key` is never to be had again. */
export async function createApiKey(
  { apiKeys, clock, newId }: ApiKeyDeps,
  { merchantId, affiliateId }: KeyOwner,
  { name, scopes }: Pick<ApiKey, 'name' | 'scopes'>,
): Promise<ApiKey & { key: string }> {
  const key = KEY_MARK + randomToken();
  const apiKey = {
    merchantId,
    id: newId(),
    affiliateId,
    name,
    scopes,
    keyHash: hashToken(key),
    prefix: key.slice(0, SHOWN_LENGTH),
    createdAt: clock(),
    lastUsedAt: null,
  };
  await apiKeys.insert(apiKey);
  return { ...apiKey, key };
}
