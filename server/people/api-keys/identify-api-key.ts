import { DAY } from '../../shared/clock.ts';
import { DomainError } from '../../shared/errors.ts';
import { hashToken } from '../../platform/crypto/index.ts';
import type { ApiKey } from './api-key.ts';
import type { ApiKeyDeps } from './create-api-key.ts';

/**
 * Which API key it is, and notes the day of its use.
 * @throws DomainError `unauthenticated` for an unknown or deleted key.
 */
export async function identifyApiKey(
  { apiKeys, clock }: Pick<ApiKeyDeps, 'apiKeys' | 'clock'>,
  key: string,
): Promise<ApiKey> {
  const apiKey = await apiKeys.byHash(hashToken(key));
  if (!apiKey) {
    const help = 'Ask the merchant for a new one, and send `Authorization: Bearer <key>`.';
    throw new DomainError('unauthenticated', 'This API key is unknown or was deleted.', help);
  }
  const today = startOfDay(clock());
  if (apiKey.lastUsedAt?.getTime() !== today.getTime()) await apiKeys.noteUse(apiKey, today);
  return apiKey;
}

function startOfDay(moment: Date): Date {
  const time = moment.getTime();
  return new Date(time - (time % DAY));
}
