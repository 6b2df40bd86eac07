import { buildStatement } from '../../../server/flow/statements/build-statement.ts';
import { findMonthBounds } from '../../../server/flow/statements/find-month-bounds.ts';
import type { StatementDraft } from '../../../server/flow/statements/statement.ts';
import type { Books } from '../../support/ledger-entries.ts';

interface Series {
  period?: string;
  timeZone?: string;
  affiliateId?: string;
  currency?: string;
}

/** Anna's statement in EUR for September 2026 in UTC, unless told otherwise. */
export function stateFrom(books: Books, series: Series = {}): StatementDraft | undefined {
  const { period = '2026-09', timeZone = 'UTC', affiliateId = 'anna', currency = 'EUR' } = series;
  const month = findMonthBounds(period, timeZone);
  const entries = books.entries.filter(
    (entry) => entry.affiliateId === affiliateId && entry.currency === currency && entry.postedAt < month.to,
  );
  return buildStatement({
    merchantId: 'm-1',
    affiliateId,
    currency,
    month,
    entries,
    postings: books.postings,
  });
}

/** As stateFrom, where there must be a statement. */
export function stateFromOrThrow(books: Books, series: Series = {}): StatementDraft {
  const statement = stateFrom(books, series);
  if (!statement) throw new Error('there is no statement');
  return statement;
}
