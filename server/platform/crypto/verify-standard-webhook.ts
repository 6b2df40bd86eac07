import { verifySignature } from './verify-signature.ts';
import { MINUTE, SECOND } from '../../shared/clock.ts';

const TOLERANCE = 5 * MINUTE;
const SECRET_PREFIX = 'whsec_';
const SIGNATURE_PREFIX = 'v1,';

export interface StandardWebhook {
  /** Lower-case names, as node:http gives them. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as they arrived, before any parsing. */
  body: Uint8Array;
  /** `whsec_` secrets that may have signed, newest first. */
  secrets: readonly string[];
  now: Date;
}

export type WebhookCheck =
  | { ok: true; id: string }
  | { ok: false; reason: 'missing-header' | 'outside-time-window' | 'bad-signature' };

/**
 * Checks a message of the Standard Webhooks specification: `webhook-id`, `webhook-timestamp` (seconds, at
 * most five minutes away from `now`) and `webhook-signature` (one or more `v1,<base64>`, spaces between).
 * The library `standardwebhooks` reads the machine's clock and one secret; this takes both as arguments.
 */
export function verifyStandardWebhook({ headers, body, secrets, now }: StandardWebhook): WebhookCheck {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headers[name],
  );
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return { ok: false, reason: 'missing-header' };
  }
  if (!isNear(timestamp, now)) return { ok: false, reason: 'outside-time-window' };
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const keys = secrets.map((secret) => Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64'));
  const genuine = signatures
    .split(' ')
    .filter((signature) => signature.startsWith(SIGNATURE_PREFIX))
    .some((text) =>
      verifySignature({ body: signed, signature: text.slice(SIGNATURE_PREFIX.length), secrets: keys }),
    );
  return genuine ? { ok: true, id } : { ok: false, reason: 'bad-signature' };
}

function isNear(timestamp: string, now: Date): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() - parseInt(timestamp, 10) * SECOND) <= TOLERANCE;
}
