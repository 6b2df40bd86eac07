import { verifySignature } from '../../platform/crypto/index.ts';
import { DomainError } from '../../shared/errors.ts';

/**
 * Refuses a body that none of the shop's secrets signed; two count while a secret rotates.
 * @param signature the header X-WC-Webhook-Signature: base64 of HMAC-SHA-256 over the raw body, with its
 * escaped slashes as they are (woocommerce.md 2.13)
 * @throws DomainError bad-signature
 */
export function verifyWebhook(body: Uint8Array, signature: string | undefined, secrets: string[]): void {
  if (signature !== undefined && verifySignature({ body, signature, secrets })) return;
  throw new DomainError(
    'bad-signature',
    'The signature does not fit the body.',
    "Set the webhook's secret in WooCommerce to the one that this store shows when it is connected.",
  );
}
