import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/**
 * A 32-byte key for one purpose, by HKDF-SHA-256 from the installation's master secret. Different purposes
 * give unrelated keys, so that a leak of one says nothing about the others.
 *
 * @param purpose a stable name, e.g. `access-token` or `buyer-hash:<merchantId>`
 */
export function deriveKey(masterSecret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterSecret, 'refledger', purpose, KEY_BYTES));
}
