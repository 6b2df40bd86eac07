import { MINUTE, type Clock } from '../../shared/clock.ts';
import { DomainError, notFound } from '../../shared/errors.ts';
import { pendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import type { CommissionStore } from '../commissions/index.ts';
import type { LedgerEntry, LedgerStore } from '../ledger/index.ts';
import { buildStatement, type StatedPosting } from './build-statement.ts';
import { checkStatement } from './check-statement.ts';
import { findMonthBounds, type Month } from './find-month-bounds.ts';
import type { StatementDraft } from './statement.ts';
import type { StatementStore } from './statement.store.ts';

export interface IssueStatementsDeps {
  statements: StatementStore;
  ledger: Pick<LedgerStore, 'seriesBefore' | 'ofAffiliate'>;
  commissions: Pick<CommissionStore, 'byOrder'>;
  merchantById(merchantId: string): Promise<{ timeZone: string } | undefined>;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'statements') => void;
}

/** How many statements were issued now, and how many had been issued before. */
export interface IssuedStatements {
  issued: number;
  alreadyIssued: number;
}

/** What was posted in the month's last moment may still be on its way to the ledger. */
const GRACE = 5 * MINUTE;

/**
 * Issues a merchant's statements of a month ("YYYY-MM"), one per affiliate and currency, and leaves
 * `statement.issued` for each (S14). Issuing again is a no-op.
 * @throws DomainError `impossible` while the month has not ended, five minutes included.
 * @throws Error when a statement does not agree with the ledger; those before it are issued.
 */
export function createIssueStatements(deps: IssueStatementsDeps) {
  return async (merchantId: string, period: string): Promise<IssuedStatements> => {
    const merchant = await deps.merchantById(merchantId);
    if (!merchant) throw notFound('This merchant');
    const month = findMonthBounds(period, merchant.timeZone);
    refuseUnended(month, deps.clock());
    const outcome: IssuedStatements = { issued: 0, alreadyIssued: 0 };
    for (const { affiliateId, currency } of await deps.ledger.seriesBefore(merchantId, month.to)) {
      const entries = await deps.ledger.ofAffiliate(merchantId, affiliateId, currency, month.to);
      const postings = await readPostings(deps, entries, month);
      const draft = buildStatement({ merchantId, affiliateId, currency, month, entries, postings });
      if (!draft) continue;
      checkStatement(draft, entries);
      if (await storeNumbered(deps, draft)) outcome.issued += 1;
      else outcome.alreadyIssued += 1;
    }
    return outcome;
  };
}

function refuseUnended({ period, timeZone, to }: Month, now: Date): void {
  const closes = new Date(to.getTime() + GRACE);
  if (now >= closes) return;
  throw new DomainError(
    'impossible',
    `${period} has not ended yet in ${timeZone}.`,
    `Ask again after ${closes.toISOString()}.`,
  );
}

/** The commission postings, with their receipts, of the month's entries. */
async function readPostings(
  { commissions }: IssueStatementsDeps,
  entries: readonly LedgerEntry[],
  { from }: Month,
): Promise<Map<string, StatedPosting>> {
  const byId = new Map<string, StatedPosting>();
  for (const { merchantId, orderId, postingId, postedAt } of entries) {
    if (postedAt < from || byId.has(postingId)) continue;
    const commission = await commissions.byOrder(merchantId, orderId);
    const { postings = [], holdEndsAt = null } = commission ?? {};
    postings.forEach((posting) => byId.set(posting.id, { ...posting, holdEndsAt }));
  }
  return byId;
}

/** Gives the draft the merchant's next number and stores it; false when it had been issued before. */
async function storeNumbered(deps: IssueStatementsDeps, draft: StatementDraft): Promise<boolean> {
  const { merchantId } = draft;
  const _id = deps.newId();
  const now = deps.clock();
  const event = pendingEvent('statement.issued', merchantId, { statementId: _id }, { id: deps.newId(), now });
  for (;;) {
    const number = (await deps.statements.lastNumber(merchantId)) + 1;
    const result = await deps.statements.insert({ ...draft, _id, number, issuedAt: now }, [event]);
    if (result === 'inserted') deps.nudge('statements');
    if (result !== 'lost-race') return result === 'inserted';
  }
}
