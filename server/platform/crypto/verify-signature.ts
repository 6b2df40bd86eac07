import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedBody {
  /** The bytes as they arrived, before any parsing. */
  body: Uint8Array;
  /** HMAC-SHA-256 in base64, as the platform's header carries it. */
  signature: string;
  /** The secrets that may have signed: the current one, and the previous one while it rotates. */
  secrets: readonly (string | Uint8Array)[];
}

/**
 * True when one of the secrets signed the body. Every secret is tried, and compared in constant time.
 * An empty secret signs nothing: everybody knows it.
 */
export function verifySignature({ body, signature, secrets }: SignedBody): boolean {
  const given = Buffer.from(signature, 'base64');
  let signed = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(body).digest();
    const equal = given.length === expected.length && timingSafeEqual(given, expected);
    if (equal && secret.length > 0) signed = true;
  }
  return signed;
}
