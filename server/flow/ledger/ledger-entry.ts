import type { Posting } from '../../shared/accounts.ts';

/** What an entry says; the rest of the document chains it to the one before. */
export interface EntryContent {
  merchantId: string;
  /** Unique per merchant: makes every post idempotent. */
  reference: string;
  /** `transfer`: between two accounts of the affiliate, because a commission's state changed (S7). */
  kind: 'commission' | 'reversal' | 'transfer';
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
  /** The accounts that it moves, for the queries of one account; told by `postings`. */
  accounts: string[];
  /** What the affiliate's accounts hold in this currency after the entry, all programmes together. */
  affiliateBalance: bigint;
  previousHash: string;
  hash: string;
}
