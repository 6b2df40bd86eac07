import { createHmac } from 'node:crypto';

/** HMAC-SHA-256 in hex of a value under a key of deriveKey: equal values meet, and nobody reads them back. */
export function keyedHash(key: Uint8Array, value: string): string {
  return createHmac('sha256', key).update(value, 'utf8').digest('hex');
}
