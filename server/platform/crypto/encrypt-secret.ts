import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey } from './derive-key.ts';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `context` names where the secret belongs, e.g. `store:<id>`: moved elsewhere, it cannot be decrypted. */
export interface SecretPlace {
  masterSecret: string;
  context: string;
}

/** A secret as it is stored: `v1.<nonce>.<tag>.<ciphertext>`, AES-256-GCM, parts in base64url. */
export function encryptSecret(secret: string, place: SecretPlace): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(place), nonce).setAAD(Buffer.from(place.context));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  const parts = [nonce, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64url'));
  return [VERSION, ...parts].join('.');
}

/**
 * Reads what encryptSecret wrote.
 * @throws when the text was changed, belongs elsewhere, or was written under another master secret.
 */
export function decryptSecret(stored: string, place: SecretPlace): string {
  const [version, ...parts] = stored.split('.');
  const [nonce, tag, ciphertext] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (version !== VERSION || !nonce || !tag || !ciphertext) throw unreadable();
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(place), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(place.context)).setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch {
    throw unreadable();
  }
}

function keyOf(place: SecretPlace): Buffer {
  return deriveKey(place.masterSecret, 'stored-secrets');
}

function unreadable(): Error {
  return new Error('A stored secret cannot be read: is this the master secret under which it was stored?');
}
