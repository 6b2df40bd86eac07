import { GENESIS, hashEntry } from './chain-entry.ts';
import type { EntryContent, LedgerEntry } from './ledger-entry.ts';
import { readMovedAmount } from '../../shared/accounts.ts';

export interface ChainProblem {
  seq: number;
  problem: string;
}

/**
 * Checks entries in order of `seq` one by one; names the first that was changed, removed or inserted, and the
 * first whose carried balance is not the sum of the postings (S12).
 */
export function createChainVerifier() {
  let expectedSeq = 1;
  let previousHash = GENESIS;
  const balances = new Map<string, bigint>();
  return (entry: LedgerEntry): ChainProblem | undefined => {
    const { seq, affiliateId, currency } = entry;
    const series = `${affiliateId} ${currency}`;
    const balance = (balances.get(series) ?? 0n) + readMovedAmount(entry);
    const problem = findProblem(entry, { expectedSeq, previousHash, balance });
    if (problem !== undefined) return { seq: Math.min(seq, expectedSeq), problem };
    expectedSeq += 1;
    previousHash = entry.hash;
    balances.set(series, balance);
    return undefined;
  };
}

function findProblem(
  entry: LedgerEntry,
  expected: { expectedSeq: number; previousHash: string; balance: bigint },
): string | undefined {
  const { seq } = entry;
  if (seq !== expected.expectedSeq) return `entry ${expected.expectedSeq} is missing`;
  if (entry.previousHash !== expected.previousHash) return `entry ${seq} does not follow the one before it`;
  if (entry.hash !== hashEntry(contentOf(entry), entry)) return `entry ${seq} was changed`;
  if (entry.postings.some(({ amount }) => amount < 0n)) return `entry ${seq} moves a negative amount`;
  if (entry.affiliateBalance !== expected.balance) return `entry ${seq} carries a wrong balance`;
  return undefined;
}

/** What the hash covers: everything but the chain itself and what the database adds. */
function contentOf(entry: LedgerEntry): EntryContent {
  const { merchantId, reference, kind, postedAt, currency, affiliateId, programId } = entry;
  const { orderId, orderNumber, orderVersion, postingId, postings } = entry;
  return {
    merchantId, reference, kind, postedAt, currency, affiliateId, programId,
    orderId, orderNumber, orderVersion, postingId, postings,
  }; // prettier-ignore
}
