import { verifySignature } from '../../platform/crypto/index.ts';
import { DomainError } from '../../shared/errors.ts';

/**
 * Refuses a body that none of the shop's secrets signed. Two count while a secret rotates: Shopify signs
 * with the oldest one that is not revoked, up to an hour late (shopify.md 4).
 * @param signature the header X-Shopify-Hmac-Sha256: base64 of HMAC-SHA-256 over the raw body
 * @throws DomainError bad-signature
 */
export function verifyWebhook(body: Uint8Array, signature: string | undefined, secrets: string[]): void {
  if (signature !== undefined && verifySignature({ body, signature, secrets })) return;
  throw new DomainError(
    'bad-signature',
    'The signature does not fit the body.',
    "Sign the raw body with the app's client secret and send it in X-Shopify-Hmac-Sha256.",
  );
}
