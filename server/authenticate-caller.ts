import type { Affiliates } from './people/affiliates/index.ts';
import { isApiKey, type ApiKeys } from './people/api-keys/index.ts';
import type { Merchants } from './people/merchants/index.ts';
import type { AnyCaller, Authenticate } from './platform/http/index.ts';

/**
 * Reads `Authorization: Bearer ...`: an API key names an affiliate or a program of the merchant, any other token a
 * member of the merchant's staff.
 */
export function createAuthenticate(people: {
  merchants: Pick<Merchants, 'authenticate'>;
  affiliates: Pick<Affiliates, 'identify'>;
  apiKeys: Pick<ApiKeys, 'identify'>;
}): Authenticate {
  const { merchants, affiliates, apiKeys } = people;
  const identifyKey = async (key: string): Promise<AnyCaller> => {
    const { merchantId, affiliateId, id: keyId, scopes } = await apiKeys.identify(key);
    return affiliateId === null
      ? { merchantId, keyId, scopes }
      : affiliates.identify({ merchantId, affiliateId });
  };
  return async (authorization) => {
    const key = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    return isApiKey(key) ? await identifyKey(key) : merchants.authenticate(authorization);
  };
}
