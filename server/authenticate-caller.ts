import { isApiKey, type Affiliates } from './people/affiliates/index.ts';
import type { Merchants } from './people/merchants/index.ts';
import type { Authenticate } from './platform/http/index.ts';

/** Reads `Authorization: Bearer ...`: an API key names an affiliate, any other token a member of a merchant's staff. */
export function createAuthenticate(people: {
  merchants: Pick<Merchants, 'authenticate'>;
  affiliates: Pick<Affiliates, 'identify'>;
}): Authenticate {
  const { merchants, affiliates } = people;
  return async (authorization) => {
    const key = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    return isApiKey(key) ? await affiliates.identify(key) : merchants.authenticate(authorization);
  };
}
