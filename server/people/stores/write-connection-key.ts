import { createHash } from 'node:crypto';

/** What a shop's plugin needs to know; the key is as secret as what it holds. */
export interface Connection {
  /** The address of this server, as shops reach it. */
  server: string;
  storeId: string;
  storeKey: string;
  /** `whsec_…`: the newest with which events are signed. */
  eventSecret: string;
  /** Base64 of 32 bytes: under it the plugin hashes buyers before they leave the shop (S9). */
  buyerKey?: string;
}

const FORM = 'rflk1';
const CHECK_DIGITS = 8;

/**
 * One text to copy and paste into the shop's plugin: the form, base64url of the members as JSON, and the first digits
 * of its SHA-256, by which half a key or a wrong letter is noticed before anything is sent.
 */
export function writeConnectionKey({ server, storeId, storeKey, eventSecret, buyerKey }: Connection): string {
  const members = { server, storeId, storeKey, eventSecret, buyerKey };
  const body = Buffer.from(JSON.stringify(members), 'utf8').toString('base64url');
  const check = createHash('sha256').update(body).digest('hex').slice(0, CHECK_DIGITS);
  return `${FORM}.${body}.${check}`;
}
