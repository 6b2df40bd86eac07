import { sum } from '../../shared/money.ts';
import { readMovedAmount } from '../../shared/accounts.ts';
import type { LedgerEntry } from '../ledger/index.ts';
import type { StatementDraft } from './statement.ts';

/**
 * Holds a statement against the ledger before it is stored (S14): it adds up, both balances are those of the
 * affiliate's accounts at that moment, and every posting says what its entry moved.
 * @param entries the affiliate's entries in this currency that were posted before the end of the month
 * @throws Error that names the first difference; then nothing may be stored or sent.
 */
export function checkStatement(statement: StatementDraft, entries: readonly LedgerEntry[]): void {
  const { opening, earned, reversed, paidOut, closing, from, to, owed } = statement;
  expectEqual(
    opening + earned - reversed - paidOut,
    closing,
    'opening + earned - reversed - paid out',
    'the closing balance',
  );
  expectEqual(opening, balanceBefore(from, entries), 'the opening balance', 'the ledger');
  expectEqual(closing, balanceBefore(to, entries), 'the closing balance', 'the ledger');
  expectEqual(owed.pending + owed.payable + owed.inPayout, closing, 'what is owed', 'the closing balance');
  const moved = new Map(entries.map((entry) => [entry._id, readMovedAmount(entry)]));
  for (const { entryId, amount } of statement.orders.flatMap(({ postings }) => postings)) {
    expectEqual(amount, moved.get(entryId), `the posting of entry ${entryId}`, 'the ledger');
  }
}

function balanceBefore(moment: Date, entries: readonly LedgerEntry[]): bigint {
  return sum(entries.filter(({ postedAt }) => postedAt < moment).map(readMovedAmount));
}

function expectEqual(stated: bigint, found: bigint | undefined, what: string, where: string): void {
  if (stated === found) return;
  throw new Error(
    `statement refused: ${what} (${stated}) differs from ${where} (${found ?? 'nothing'}), in minor units`,
  );
}
