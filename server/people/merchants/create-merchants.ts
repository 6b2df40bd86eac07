import type { Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import { deriveKey } from '../../platform/crypto/index.ts';
import { parseInput } from '../../platform/http/index.ts';
import { readAccessToken } from './access-token.ts';
import { completeSetup, isSetupOpen } from './complete-setup.ts';
import { createMerchant } from './create-merchant.ts';
import { createSetupLink } from './create-setup-link.ts';
import { createSignInLimit } from './limit-sign-in.ts';
import { newMerchant, type NewMerchant } from './merchant.ts';
import { merchantRoutes } from './merchant.routes.ts';
import { createMerchantStore } from './merchant.store.ts';
import { createSetupLinkStore } from './setup-link.store.ts';
import { createSignInSessionStore } from './sign-in-session.store.ts';
import type { StorefrontSettingsDeps } from './storefront-settings/change-storefront-settings.ts';
import { storefrontSettingsRoutes } from './storefront-settings/storefront-settings.routes.ts';
import { createStorefrontSettingsStore } from './storefront-settings/storefront-settings.store.ts';

export interface MerchantsDeps {
  connection: Connection;
  clock: Clock;
  newId: NewId;
  masterSecret: string;
  shortenIpKeys: StorefrontSettingsDeps['shortenIpKeys'];
}

/** argon2id of a random password in the cost of hashPassword. Nobody can sign in with it. */
const DECOY_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$CopY3+My+em9J1hkeAFtig$S9HyC3sl2PZqLWjoIN3tR9sNzWmmDbQE4OwBi0+VE2w';

export type Merchants = ReturnType<typeof createMerchants>;

/** Wires merchants, their staff and their sign-in. */
export function createMerchants({ connection, clock, newId, masterSecret, shortenIpKeys }: MerchantsDeps) {
  const merchants = createMerchantStore(connection);
  const setup = { merchants, setupLinks: createSetupLinkStore(connection), clock, newId };
  const tokenKey = deriveKey(masterSecret, 'access-token');
  const signInDeps = {
    merchants,
    sessions: createSignInSessionStore(connection),
    signInLimit: createSignInLimit(),
    decoyHash: DECOY_HASH,
    tokenKey,
    clock,
    newId,
  };
  const versions = createStorefrontSettingsStore(connection);
  return {
    /** Who of the staff calls, by an access token. */
    authenticate: (header: string | undefined) => readAccessToken(header, tokenKey, clock()),
    createMerchant: async (input: NewMerchant) => createMerchant(setup, parseInput(newMerchant, input)),
    createSetupLink: () => createSetupLink(setup),
    isSetupOpen: (token: string) => isSetupOpen(setup, token),
    completeSetup: (token: string, form: unknown) => completeSetup(setup, token, form),
    /** What other parts may know of a merchant; undefined when there is none. */
    async merchantById(merchantId: string) {
      const merchant = await merchants.byId(merchantId);
      return merchant && { id: merchant.id, name: merchant.name, timeZone: merchant.timeZone };
    },
    /** How the merchant's storefront treats its visitors, as it holds now. */
    storefrontSettings: (merchantId: string) => versions.current(merchantId),
    routes: [
      ...merchantRoutes(signInDeps),
      ...storefrontSettingsRoutes({ versions, shortenIpKeys, clock, newId }),
    ],
  };
}
