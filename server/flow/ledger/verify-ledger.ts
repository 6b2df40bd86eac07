import type { LedgerStore } from './ledger.store.ts';
import { createChainVerifier, type ChainProblem } from './verify-chain.ts';

export type Verification = { entries: number; problem: ChainProblem | null };

/** Reads a merchant's whole chain and names the first entry that was changed (S12). */
export async function verifyLedger(ledger: LedgerStore, merchantId: string): Promise<Verification> {
  const check = createChainVerifier();
  let entries = 0;
  for await (const entry of ledger.inOrder(merchantId)) {
    const problem = check(entry);
    if (problem) return { entries, problem };
    entries += 1;
  }
  return { entries, problem: null };
}
