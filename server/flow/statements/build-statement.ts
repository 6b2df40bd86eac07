import { sum } from '../../shared/money.ts';
import type { CommissionPosting } from '../commissions/index.ts';
import { readMovedAmount } from '../../shared/accounts.ts';
import type { LedgerEntry } from '../ledger/index.ts';
import { describeArithmetic } from './describe-arithmetic.ts';
import type { Month } from './find-month-bounds.ts';
import type { StatementDraft, StatementOrder, StatementPosting } from './statement.ts';

export interface StatementFacts {
  merchantId: string;
  affiliateId: string;
  currency: string;
  month: Month;
  /** The affiliate's entries in this currency that were posted before the end of the month, oldest first. */
  entries: readonly LedgerEntry[];
  /** The commission postings of the month's entries, by posting id. */
  postings: ReadonlyMap<string, CommissionPosting>;
}

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
  const orders = groupByOrder(during, before, facts.postings);
  const amounts = orders.flatMap(({ postings }) => postings.map(({ amount }) => amount));
  const earned = sum(amounts.filter((amount) => amount > 0n));
  const reversed = -sum(amounts.filter((amount) => amount < 0n));
  const closing = opening + earned - reversed;
  return { merchantId, affiliateId, currency, ...month, opening, earned, reversed, closing, orders };
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
  const { _id: entryId, postingId, programId, kind, orderVersion, postedAt } = entry;
  const { receipt, amount } = posting;
  const rules = receipt.lines.flatMap(({ rule }) => (rule ? [`${rule.describe} (${rule.level})`] : []));
  return {
    entryId, postingId, programId, kind, orderVersion, postedAt,
    base: receipt.base,
    rules: [...new Set(rules)],
    rulesVersion: receipt.program.rulesVersion,
    arithmetic: describeArithmetic(receipt),
    amount,
    status: 'pending',
  }; // prettier-ignore
}
