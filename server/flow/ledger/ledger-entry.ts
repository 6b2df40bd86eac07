/**
 * Accounts of S12, as text: per programme `commission-expense/<programId>`, per affiliate and programme
 * `pending/<affiliateId>/<programId>`. The currency belongs to the entry.
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

/** What an entry says; the rest of the document chains it to the one before. */
export interface EntryContent {
  merchantId: string;
  /** Unique per merchant: makes every post idempotent. */
  reference: string;
  kind: 'commission' | 'reversal';
  postedAt: Date;
  currency: string;
  affiliateId: string;
  programId: string;
  orderId: string;
  orderNumber: string;
  orderVersion: number;
  postingId: string;
  postings: Posting[];
}

/** An entry as it is kept: numbered from 1 per merchant, each with the hash of the one before. */
export interface LedgerEntry extends EntryContent {
  _id: string;
  seq: number;
  /** What the affiliate's accounts hold in this currency after the entry, all programmes together. */
  affiliateBalance: bigint;
  previousHash: string;
  hash: string;
}
