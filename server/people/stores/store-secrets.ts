import { randomBytes } from 'node:crypto';
import { decryptSecret, encryptSecret, randomToken } from '../../platform/crypto/index.ts';

const EVENT_SECRET_BYTES = 32;
/** The current secret, and the previous one while the shop still signs with it. */
const KEPT = 2;

/** Makes, encrypts and reads the secrets of stores; each is bound to its store. */
export interface StoreSecrets {
  newWebhookSecret(): string;
  /** `whsec_` and 32 bytes in base64, as Standard Webhooks asks. */
  newEventSecret(): string;
  encrypt(storeId: string, secret: string): string;
  decrypt(storeId: string, stored: readonly string[]): string[];
  /** The stored secrets with a new one in front; the oldest beyond two falls away. */
  rotate(storeId: string, stored: readonly string[], secret: string): string[];
}

/** The secrets of stores under an installation's master secret. */
export function createStoreSecrets(masterSecret: string): StoreSecrets {
  const placeOf = (storeId: string) => ({ masterSecret, context: `store:${storeId}` });
  const encrypt = (storeId: string, secret: string) => encryptSecret(secret, placeOf(storeId));
  return {
    newWebhookSecret: () => randomToken(),
    newEventSecret: () => `whsec_${randomBytes(EVENT_SECRET_BYTES).toString('base64')}`,
    encrypt,
    decrypt: (storeId, stored) => stored.map((each) => decryptSecret(each, placeOf(storeId))),
    rotate: (storeId, stored, secret) => [encrypt(storeId, secret), ...stored].slice(0, KEPT),
  };
}
