import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A random text that nobody guesses, safe in addresses: 43 characters, or as many as `bytes` need. */
export function randomToken(bytes = TOKEN_BYTES): string {
  return randomBytes(bytes).toString('base64url');
}

/** What is stored of a random token. A plain hash is enough, because a random token cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
