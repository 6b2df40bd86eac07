import { GENESIS, hashEntry } from './chain-entry.ts';
import type { EntryContent, LedgerEntry } from './ledger-entry.ts';

export interface ChainProblem {
  seq: number;
  problem: string;
}

/** Checks entries in order of `seq` one by one; names the first that was changed, removed or inserted (S12). */
export function createChainVerifier() {
  let expectedSeq = 1;
  let previousHash = GENESIS;
  return (entry: LedgerEntry): ChainProblem | undefined => {
    const { seq } = entry;
    if (seq !== expectedSeq) return { seq: expectedSeq, problem: `entry ${expectedSeq} is missing` };
    if (entry.previousHash !== previousHash)
      return { seq, problem: `entry ${seq} does not follow the one before it` };
    if (entry.hash !== hashEntry(contentOf(entry), seq, previousHash))
      return { seq, problem: `entry ${seq} was changed` };
    if (entry.postings.some(({ amount }) => amount < 0n))
      return { seq, problem: `entry ${seq} moves a negative amount` };
    expectedSeq += 1;
    previousHash = entry.hash;
    return undefined;
  };
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
