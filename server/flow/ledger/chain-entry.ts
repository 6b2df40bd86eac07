import { contentHash } from '../../shared/hash.ts';
import type { EntryContent, LedgerEntry } from './ledger-entry.ts';

/** What the first entry of a merchant names as the one before. */
export const GENESIS = '0'.repeat(64);

/** Numbers an entry and chains it to the one before it (S12). */
export function chainEntry(
  content: EntryContent,
  previous: LedgerEntry | undefined,
  id: string,
): LedgerEntry {
  const seq = (previous?.seq ?? 0) + 1;
  const previousHash = previous?.hash ?? GENESIS;
  return { ...content, _id: id, seq, previousHash, hash: hashEntry(content, seq, previousHash) };
}

/** SHA-256 over an entry's content, its number and the hash before it. */
export function hashEntry(content: EntryContent, seq: number, previousHash: string): string {
  return contentHash({ content, seq, previousHash });
}
