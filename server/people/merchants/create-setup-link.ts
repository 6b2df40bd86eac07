import { DAY, type Clock } from '../../shared/clock.ts';
import { hashToken, randomToken } from '../../platform/crypto/index.ts';
import type { MerchantStore } from './merchant.store.ts';
import type { SetupLinkStore } from './setup-link.store.ts';

const VALID_FOR = DAY;

/** The secret part of the setup page's address, `/setup/<token>`. */
export interface SetupLink {
  token: string;
  expiresAt: Date;
}

/** Makes the one-time link of the first start; undefined once a merchant exists. */
export async function createSetupLink(deps: {
  merchants: MerchantStore;
  setupLinks: SetupLinkStore;
  clock: Clock;
}): Promise<SetupLink | undefined> {
  if (await deps.merchants.anyExists()) return undefined;
  const token = randomToken();
  const expiresAt = new Date(deps.clock().getTime() + VALID_FOR);
  await deps.setupLinks.insert(hashToken(token), expiresAt);
  return { token, expiresAt };
}
