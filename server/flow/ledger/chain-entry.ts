import { contentHash } from '../../shared/hash.ts';
import type { EntryContent, LedgerEntry } from './ledger-entry.ts';
import { readMovedAmount } from '../../shared/accounts.ts';

/** What the first entry of a merchant names as the one before. */
export const GENESIS = '0'.repeat(64);

/** The last entry of the merchant, and the last one of the same affiliate and currency. */
export interface Previous {
  entry: LedgerEntry | undefined;
  ofAffiliate: LedgerEntry | undefined;
}

/**
 * Numbers an entry, chains it to the one before it and carries the affiliate's balance on (S12). The number is
 * unique, so what was read before it cannot have changed when the entry is stored.
 */
export function chainEntry(content: EntryContent, previous: Previous, id: string): LedgerEntry {
  const seq = (previous.entry?.seq ?? 0) + 1;
  const previousHash = previous.entry?.hash ?? GENESIS;
  const affiliateBalance = (previous.ofAffiliate?.affiliateBalance ?? 0n) + readMovedAmount(content);
  const hash = hashEntry(content, { seq, previousHash, affiliateBalance });
  const accounts = [...new Set(content.postings.flatMap(({ source, destination }) => [source, destination]))];
  return { ...content, _id: id, seq, accounts, affiliateBalance, previousHash, hash };
}

/** SHA-256 over an entry's content, its number, the balance it carries and the hash before it. */
export function hashEntry(
  content: EntryContent,
  chain: Pick<LedgerEntry, 'seq' | 'previousHash' | 'affiliateBalance'>,
): string {
  const { seq, previousHash, affiliateBalance } = chain;
  return contentHash({ content, seq, previousHash, affiliateBalance });
}
