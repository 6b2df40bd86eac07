import type { PostingState } from '../../shared/posting-state.ts';

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
  /** Not negative; opening + earned - reversed - paid out = closing. */
  reversed: bigint;
  paidOut: bigint;
  closing: bigint;
  /** The closing balance by account; together the closing balance. */
  owed: { pending: bigint; payable: bigint; inPayout: bigint };
  orders: StatementOrder[];
  payments: StatementPayment[];
}

/** What was paid out in the month. */
export interface StatementPayment {
  entryId: string;
  orderNumber: string;
  postedAt: Date;
  /** What left the balance; below zero where a reversal was settled with it. */
  amount: bigint;
  /** Date and reference of the transfer, in words. */
  note: string;
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
  /** Where the posting stood when the statement was issued (S7). */
  status: PostingState;
  /** When its hold is over, for what is pending; null while the hold does not run. */
  releaseAt: Date | null;
}

/** A statement before it has its id and number. */
export type StatementDraft = Omit<Statement, '_id' | 'number' | 'issuedAt'>;
