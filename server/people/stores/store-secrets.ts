import { randomBytes } from 'node:crypto';
import { DAY } from '../../shared/clock.ts';
import { decryptSecret, encryptSecret, randomToken } from '../../platform/crypto/index.ts';
import type { StoredSecret } from './store.ts';

const EVENT_SECRET_BYTES = 32;
/** How long the replaced secret is still good: time for the shop to change over. */
const CHANGE_OVER = DAY;

/** Makes, encrypts and reads the secrets of stores; each is bound to its store. */
export interface StoreSecrets {
  newWebhookSecret(): string;
  /** `whsec_` and 32 bytes in base64, as Standard Webhooks asks. */
  newEventSecret(): string;
  encrypt(storeId: string, secret: string): StoredSecret;
  /** In clear, newest first, each with its end. */
  decrypt(storeId: string, stored: readonly StoredSecret[]): StoredSecret[];
  /** A new secret, and the current one for another 24 hours; what was replaced before falls away. */
  rotate(
    storeId: string,
    stored: readonly StoredSecret[],
    next: { secret: string; now: Date },
  ): StoredSecret[];
}

/** The secrets of stores under an installation's master secret. */
export function createStoreSecrets(masterSecret: string): StoreSecrets {
  const placeOf = (storeId: string) => ({ masterSecret, context: `store:${storeId}` });
  const encrypt = (storeId: string, secret: string): StoredSecret => ({
    secret: encryptSecret(secret, placeOf(storeId)),
    until: null,
  });
  return {
    newWebhookSecret: () => randomToken(),
    newEventSecret: () => `whsec_${randomBytes(EVENT_SECRET_BYTES).toString('base64')}`,
    encrypt,
    decrypt: (storeId, stored) =>
      stored.map(({ secret, until }) => ({ secret: decryptSecret(secret, placeOf(storeId)), until })),
    rotate(storeId, [current], { secret, now }) {
      const until = new Date(now.getTime() + CHANGE_OVER);
      return [encrypt(storeId, secret), ...(current ? [{ ...current, until }] : [])];
    },
  };
}
