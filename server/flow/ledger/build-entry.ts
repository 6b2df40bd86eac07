import { account } from '../../shared/accounts.ts';
import type { EntryContent } from './ledger-entry.ts';

/** A computed commission, as far as the ledger needs it. */
export interface ComputedCommission {
  merchantId: string;
  postingId: string;
  affiliateId: string;
  programId: string;
  orderId: string;
  orderNumber: string;
  orderVersion: number;
  currency: string;
  /** From the affiliate's side: below zero is a reversal. Minor units. */
  amount: bigint;
}

/** The ledger entry of a commission (S12): a commission moves expense to pending, a reversal moves it back. */
export function buildEntry(commission: ComputedCommission): Omit<EntryContent, 'postedAt'> {
  const { amount, affiliateId, programId, ...facts } = commission;
  const expense = account.commissionExpense(programId);
  const pending = account.pending(affiliateId, programId);
  const posting =
    amount < 0n
      ? { source: pending, destination: expense, amount: -amount }
      : { source: expense, destination: pending, amount };
  return {
    ...facts,
    affiliateId,
    programId,
    reference: `commission/${commission.postingId}`,
    kind: amount < 0n ? 'reversal' : 'commission',
    postings: [posting],
  };
}
