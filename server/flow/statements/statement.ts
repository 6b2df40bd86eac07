/**
 * What an affiliate was owed in one currency over one month (S14). Written once and never edited; a
 * correction is a new statement. Amounts are minor units of `currency`.
 */
export interface Statement {
  _id: string;
  merchantId: string;
  /** Counts up per merchant, from 1. */
  number: number;
  affiliateId: string;
  currency: string;
  /** "2026-09", a calendar month in `timeZone`: `from` up to but not including `to`. */
  period: string;
  timeZone: string;
  from: Date;
  to: Date;
  issuedAt: Date;
  opening: bigint;
  earned: bigint;
  /** Not negative; opening + earned - reversed = closing. */
  reversed: bigint;
  closing: bigint;
  orders: StatementOrder[];
}

/** What was posted for one order, so that a reversal stands beside its origin. */
export interface StatementOrder {
  orderId: string;
  orderNumber: string;
  /** Posted for the same order before this month; part of the opening balance. */
  before: { orderVersion: number; postedAt: Date; amount: bigint }[];
  postings: StatementPosting[];
}

export interface StatementPosting {
  entryId: string;
  postingId: string;
  programId: string;
  kind: 'commission' | 'reversal';
  orderVersion: number;
  postedAt: Date;
  base: bigint;
  /** Each rule that applied, in words: "20 % (programme)". */
  rules: string[];
  rulesVersion: number;
  /** The arithmetic in words. */
  arithmetic: string;
  /** From the affiliate's side: below zero is a reversal. */
  amount: bigint;
  status: 'pending';
}

/** A statement before it has its id and number. */
export type StatementDraft = Omit<Statement, '_id' | 'number' | 'issuedAt'>;
