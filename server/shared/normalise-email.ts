import { foldText } from './fold-code.ts';

const ADDRESS = /^[^\p{Z}\p{Cc}@]+@[^\p{Z}\p{Cc}@]+$/u;
const SAME_PROVIDER: Record<string, string> = { 'googlemail.com': 'gmail.com' };
const IGNORES_DOTS = new Set(['gmail.com']);
const IGNORES_PLUS_TAGS = new Set([
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'icloud.com',
  'fastmail.com',
  'protonmail.com',
  'proton.me',
]);

/**
 * An e-mail address such that two spellings of one mailbox become equal (S8, S9): folded, without the dots
 * and plus-tags that its provider ignores. Undefined when it is not an address.
 * Vectors: test/support/vectors/buyer-keys.json, shared with the WooCommerce plugin.
 */
export function normaliseEmail(raw: string): string | undefined {
  const folded = foldText(raw);
  if (!ADDRESS.test(folded)) return undefined;
  const at = folded.indexOf('@');
  const given = folded.slice(at + 1);
  const domain = SAME_PROVIDER[given] ?? given;
  const mailbox = nameMailbox(folded.slice(0, at), domain);
  return mailbox === '' ? undefined : `${mailbox}@${domain}`;
}

function nameMailbox(local: string, domain: string): string {
  const untagged = IGNORES_PLUS_TAGS.has(domain) ? local.replace(/\+.*$/s, '') : local;
  return IGNORES_DOTS.has(domain) ? untagged.replaceAll('.', '') : untagged;
}
