import { DAY } from '../../../shared/clock.ts';
import { DomainError } from '../../../shared/errors.ts';
import { hashToken } from '../../../platform/crypto/index.ts';
import type { AffiliateCaller } from '../../../platform/http/index.ts';
import type { ApiKeyDeps } from './create-api-key.ts';

/**
 * Whose API key it is, and notes the day of its use. A suspended affiliate still reads what they earned, because
 * it is owed to them; a rejected one has never earned anything.
 * @throws DomainError `unauthenticated` for an unknown or deleted key, `forbidden` for a rejected affiliate.
 */
export async function identifyAffiliate(
  { affiliates, apiKeys, clock }: Omit<ApiKeyDeps, 'newId'>,
  key: string,
): Promise<AffiliateCaller> {
  const apiKey = await apiKeys.byHash(hashToken(key));
  const affiliate = apiKey && (await affiliates.byId(apiKey.merchantId, apiKey.affiliateId));
  if (!affiliate) {
    const help = 'Ask the merchant for a new one, and send `Authorization: Bearer <key>`.';
    throw new DomainError('unauthenticated', 'This API key is unknown or was deleted.', help);
  }
  if (affiliate.status === 'rejected') {
    const help = 'Ask the merchant to approve you.';
    throw new DomainError('forbidden', 'The merchant has rejected your application.', help);
  }
  const today = startOfDay(clock());
  if (apiKey.lastUsedAt?.getTime() !== today.getTime()) await apiKeys.noteUse(apiKey, today);
  return { merchantId: affiliate.merchantId, affiliateId: affiliate.id };
}

function startOfDay(moment: Date): Date {
  const time = moment.getTime();
  return new Date(time - (time % DAY));
}
