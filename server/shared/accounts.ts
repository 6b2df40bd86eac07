import type { AffiliateAccountKind } from './posting-state.ts';

/**
 * The accounts of the ledger (S12), as text: per programme `commission-expense/<programId>`, per affiliate and
 * programme `pending/<affiliateId>/<programId>` and likewise `payable`, `in-payout` and `paid-out`. The
 * currency belongs to the entry.
 */
export const account = {
  commissionExpense: (programId: string): string => `commission-expense/${programId}`,
  ofAffiliate: (kind: AffiliateAccountKind, affiliateId: string, programId: string): string =>
    `${kind}/${affiliateId}/${programId}`,
};

/** Moves a non-negative amount from one account to another (S2). Minor units of the entry's currency. */
export interface Posting {
  source: string;
  destination: string;
  amount: bigint;
}

/** The parts of an account's name; no affiliate for the merchant's own accounts. */
export function readAccount(name: string): { kind: string; affiliateId: string | null; programId: string } {
  const [kind = '', first = '', second] = name.split('/');
  return second === undefined
    ? { kind, affiliateId: null, programId: first }
    : { kind, affiliateId: first, programId: second };
}

/**
 * What an entry moved from the side of its affiliate: what came into pending, payable and in payout minus what
 * went out. What was paid out is not owed any more (S14).
 */
export function readMovedAmount(entry: { affiliateId: string; postings: readonly Posting[] }): bigint {
  let moved = 0n;
  for (const { source, destination, amount } of entry.postings) {
    if (isOwed(destination, entry.affiliateId)) moved += amount;
    if (isOwed(source, entry.affiliateId)) moved -= amount;
  }
  return moved;
}

function isOwed(name: string, affiliateId: string): boolean {
  const { kind, affiliateId: owner } = readAccount(name);
  return owner === affiliateId && kind !== 'paid-out';
}
