import { createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE, SECOND } from '../../shared/clock.ts';

const TOLERANCE = 5 * MINUTE;
const SECRET_PREFIX = 'whsec_';
const SIGNATURE_PREFIX = 'v1,';
/** A sender has two while a secret rotates; more than a few are somebody who keeps us busy. */
const MOST_SIGNATURES = 8;

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
 * most five minutes away from `now`) and `webhook-signature` (`v1,<base64>`, spaces between; the first eight count).
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
  const expected = expectedSignatures(signed, secrets);
  const genuine = readSignatures(signatures).some((given) => expected.some((each) => isSame(given, each)));
  return genuine ? { ok: true, id } : { ok: false, reason: 'bad-signature' };
}

/** One per secret, however many the header holds. An empty secret signs nothing: everybody knows it. */
function expectedSignatures(signed: Uint8Array, secrets: readonly string[]): Buffer[] {
  return secrets
    .map((secret) => Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64'))
    .filter((key) => key.length > 0)
    .map((key) => createHmac('sha256', key).update(signed).digest());
}

function readSignatures(header: string): Buffer[] {
  return header
    .split(' ')
    .filter((text) => text.startsWith(SIGNATURE_PREFIX))
    .slice(0, MOST_SIGNATURES)
    .map((text) => Buffer.from(text.slice(SIGNATURE_PREFIX.length), 'base64'));
}

function isSame(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function isNear(timestamp: string, now: Date): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() - parseInt(timestamp, 10) * SECOND) <= TOLERANCE;
}
