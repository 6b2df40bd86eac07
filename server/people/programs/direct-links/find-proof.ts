import type { Clock } from '../../../shared/clock.ts';
import type { Outgoing } from '../../../platform/outgoing/index.ts';
import { describeProofs } from './describe-proofs.ts';
import type { DirectLink, Proof, ProofCheck } from './direct-link.ts';
import { readMetaTokens } from './read-meta-tokens.ts';

const SUCCESS = 200;

/**
 * Looks for the proof of a site: in the DNS, then as a file, then as a tag. The three are asked over https alone,
 * because what comes over http anybody on the way may have written.
 */
export async function findProof(
  { outgoing, clock }: { outgoing: Outgoing; clock: Clock },
  link: DirectLink,
): Promise<ProofCheck> {
  const { dns, file, meta } = describeProofs(link);
  const looks: [Proof, string, () => Promise<string | undefined>][] = [
    ['dns', `TXT ${dns.name}`, () => missingInDns(outgoing, dns)],
    ['file', file.url, () => missingOnPage(outgoing, file.url, (text) => text.trim() === link.token)],
    ['meta', meta.page, () => missingOnPage(outgoing, meta.page, hasTag(link.token))],
  ];
  const reasons: string[] = [];
  for (const [proof, place, look] of looks) {
    const missing = await look();
    if (missing === undefined) return { at: clock(), found: proof, reason: null };
    reasons.push(`${place}: ${missing}`);
  }
  return { at: clock(), found: null, reason: `${reasons.join('; ')}.` };
}

const hasTag = (token: string) => (text: string) => readMetaTokens(text).includes(token);

async function missingInDns(
  { readTxt }: Outgoing,
  { name, value }: { name: string; value: string },
): Promise<string | undefined> {
  const answer = await readTxt(name);
  if (!answer.ok) return answer.reason;
  return answer.records.some((record) => record.trim() === value) ? undefined : 'no record holds the token';
}

async function missingOnPage(
  { fetchPage }: Outgoing,
  url: string,
  holdsToken: (text: string) => boolean,
): Promise<string | undefined> {
  const page = await fetchPage(url);
  if (!page.ok) return page.reason;
  if (page.status !== SUCCESS) return `it answered ${page.status}`;
  return holdsToken(page.text) ? undefined : 'the token is not there';
}
