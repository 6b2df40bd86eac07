import { sum } from '../../shared/money.ts';
import type { Commission, CommissionPosting } from '../commissions/index.ts';
import { readAccount, readMovedAmount } from '../../shared/accounts.ts';
import type { LedgerEntry } from '../ledger/index.ts';
import { describeArithmetic } from './describe-arithmetic.ts';
import type { Month } from './find-month-bounds.ts';
import type { StatementDraft, StatementOrder, StatementPayment, StatementPosting } from './statement.ts';

export interface StatementFacts {
  merchantId: string;
  affiliateId: string;
  currency: string;
  month: Month;
  /** The affiliate's entries in this currency that were posted before the end of the month, oldest first. */
  entries: readonly LedgerEntry[];
  /** The commission postings of the month's entries, by posting id, with the end of their hold. */
  postings: ReadonlyMap<string, StatedPosting>;
}

/** A posting and when its hold is over. */
export type StatedPosting = CommissionPosting & Pick<Commission, 'holdEndsAt'>;

/**
 * The statement of one affiliate, currency and month (S14), or undefined when there is nothing to state: no
 * posting in the month and a balance of zero. A posting belongs to the month in which it was posted.
 * @throws Error when an entry's commission posting is missing.
 */
export function buildStatement(facts: StatementFacts): StatementDraft | undefined {
  const { merchantId, affiliateId, currency, month, entries } = facts;
  const before = entries.filter(({ postedAt }) => postedAt < month.from);
  const during = entries.filter(({ postedAt }) => postedAt >= month.from && postedAt < month.to);
  const opening = sum(before.map(readMovedAmount));
  if (during.length === 0 && opening === 0n) return undefined;
  const isPosted = ({ kind }: LedgerEntry): boolean => kind !== 'transfer';
  const orders = groupByOrder(during.filter(isPosted), before.filter(isPosted), facts.postings);
  const payments = listPayments(during, facts.postings);
  const amounts = orders.flatMap(({ postings }) => postings.map(({ amount }) => amount));
  const earned = sum(amounts.filter((amount) => amount > 0n));
  const reversed = -sum(amounts.filter((amount) => amount < 0n));
  const paidOut = sum(payments.map(({ amount }) => amount));
  const closing = opening + earned - reversed - paidOut;
  const owed = addUpOwed(entries.filter(({ postedAt }) => postedAt < month.to));
  const figures = { opening, earned, reversed, paidOut, closing, owed };
  return { merchantId, affiliateId, currency, ...month, ...figures, orders, payments };
}

/** What each account of the affiliate holds after these entries. */
function addUpOwed(entries: readonly LedgerEntry[]): StatementDraft['owed'] {
  const owed = { pending: 0n, payable: 0n, inPayout: 0n };
  const add = (account: string, affiliateId: string, amount: bigint): void => {
    const { kind, affiliateId: owner } = readAccount(account);
    if (owner !== affiliateId) return;
    if (kind === 'pending') owed.pending += amount;
    if (kind === 'payable') owed.payable += amount;
    if (kind === 'in-payout') owed.inPayout += amount;
  };
  for (const { affiliateId, postings } of entries) {
    for (const { source, destination, amount } of postings) {
      add(destination, affiliateId, amount);
      add(source, affiliateId, -amount);
    }
  }
  return owed;
}

/** Transfers that left the balance. */
function listPayments(
  during: readonly LedgerEntry[],
  postings: StatementFacts['postings'],
): StatementPayment[] {
  return during
    .filter((entry) => entry.kind === 'transfer' && readMovedAmount(entry) !== 0n)
    .map((entry) => ({
      entryId: entry._id,
      orderNumber: entry.orderNumber,
      postedAt: entry.postedAt,
      amount: -readMovedAmount(entry),
      note: postings.get(entry.postingId)?.states.find(({ state }) => state === 'paid')?.reason ?? '',
    }));
}

/** Orders by their first posting of the month; within an order, postings as they were made. */
function groupByOrder(
  during: readonly LedgerEntry[],
  before: readonly LedgerEntry[],
  postings: StatementFacts['postings'],
): StatementOrder[] {
  const earlier = entriesByOrder(before);
  return [...entriesByOrder(during)].map(([orderId, entries]) => ({
    orderId,
    orderNumber: entries[0]?.orderNumber ?? '',
    before: (earlier.get(orderId) ?? []).map(describeEarlier),
    postings: entries.map((entry) => describeEntry(entry, postings)),
  }));
}

function entriesByOrder(entries: readonly LedgerEntry[]): Map<string, LedgerEntry[]> {
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.orderId);
    if (group) group.push(entry);
    else groups.set(entry.orderId, [entry]);
  }
  return groups;
}

function describeEarlier(entry: LedgerEntry): StatementOrder['before'][number] {
  const { orderVersion, postedAt } = entry;
  return { orderVersion, postedAt, amount: readMovedAmount(entry) };
}

function describeEntry(entry: LedgerEntry, postings: StatementFacts['postings']): StatementPosting {
  const posting = postings.get(entry.postingId);
  if (!posting) throw new Error(`the commission posting of ledger entry ${entry.seq} is not there`);
  const { _id: entryId, postingId, programId, orderVersion, postedAt } = entry;
  const { receipt, amount } = posting;
  const kind = amount < 0n ? 'reversal' : 'commission';
  const rules = receipt.lines.flatMap(({ rule }) => (rule ? [`${rule.describe} (${rule.level})`] : []));
  return {
    entryId, postingId, programId, kind, orderVersion, postedAt,
    base: receipt.base,
    rules: [...new Set(rules)],
    rulesVersion: receipt.program.rulesVersion,
    arithmetic: describeArithmetic(receipt),
    amount,
    status: posting.state,
    releaseAt: posting.holdEndsAt,
  }; // prettier-ignore
}
