import type { EntryContent } from './ledger-entry.ts';

/**
 * What an entry moved, from the side of its affiliate: what came into the affiliate's accounts minus what
 * went out. Minor units of the entry's currency.
 */
export function readMovedAmount(entry: Pick<EntryContent, 'affiliateId' | 'postings'>): bigint {
  const own = `pending/${entry.affiliateId}/`;
  let moved = 0n;
  for (const { source, destination, amount } of entry.postings) {
    if (destination.startsWith(own)) moved += amount;
    if (source.startsWith(own)) moved -= amount;
  }
  return moved;
}
