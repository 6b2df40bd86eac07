/**
 * The accounts of the ledger (S12), as text: per programme `commission-expense/<programId>`, per affiliate and
 * programme `pending/<affiliateId>/<programId>`. The currency belongs to the entry.
 */
export const account = {
  commissionExpense: (programId: string): string => `commission-expense/${programId}`,
  pending: (affiliateId: string, programId: string): string => `pending/${affiliateId}/${programId}`,
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

/** What an entry moved from the side of its affiliate: what came into the accounts minus what went out. */
export function readMovedAmount(entry: { affiliateId: string; postings: readonly Posting[] }): bigint {
  const isOwn = (name: string): boolean => readAccount(name).affiliateId === entry.affiliateId;
  let moved = 0n;
  for (const { source, destination, amount } of entry.postings) {
    if (isOwn(destination)) moved += amount;
    if (isOwn(source)) moved -= amount;
  }
  return moved;
}
