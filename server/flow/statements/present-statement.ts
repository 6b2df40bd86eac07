import { z } from 'zod';
import { id, moment, money } from '../../platform/http/index.ts';
import { POSTING_STATES } from '../../shared/posting-state.ts';
import type { Statement, StatementOrder } from './statement.ts';

/** A statement in a list: its figures without the postings. */
export const statementSummary = z.object({
  id,
  number: z.int(),
  affiliateId: id,
  period: z.string(),
  timeZone: z.string(),
  from: moment,
  to: moment,
  issuedAt: moment,
  opening: money,
  earned: money,
  reversed: money,
  paidOut: money,
  closing: money,
  owed: z.object({ pending: money, payable: money, inPayout: money }),
});

const posting = z.object({
  postingId: id,
  entryId: id,
  programId: id,
  kind: z.enum(['commission', 'reversal']),
  orderVersion: z.int(),
  postedAt: moment,
  base: money,
  rules: z.array(z.string()),
  rulesVersion: z.int(),
  arithmetic: z.string(),
  amount: money,
  status: z.enum(POSTING_STATES),
  releaseAt: moment.nullable(),
});

/** A statement with everything that is on it. */
export const statementBody = statementSummary.extend({
  orders: z.array(
    z.object({
      orderId: id,
      orderNumber: z.string(),
      before: z.array(z.object({ orderVersion: z.int(), postedAt: moment, amount: money })),
      postings: z.array(posting),
    }),
  ),
  payments: z.array(
    z.object({ entryId: id, orderNumber: z.string(), postedAt: moment, amount: money, note: z.string() }),
  ),
});

/** A statement as a list shows it. */
export function summariseStatement(statement: Statement): z.input<typeof statementSummary> {
  const { number, affiliateId, period, timeZone, from, to, issuedAt, currency } = statement;
  const inCurrency = (amount: bigint) => ({ amount, currency });
  return {
    id: statement._id,
    number, affiliateId, period, timeZone, from, to, issuedAt,
    opening: inCurrency(statement.opening),
    earned: inCurrency(statement.earned),
    reversed: inCurrency(statement.reversed),
    paidOut: inCurrency(statement.paidOut),
    closing: inCurrency(statement.closing),
    owed: {
      pending: inCurrency(statement.owed.pending),
      payable: inCurrency(statement.owed.payable),
      inPayout: inCurrency(statement.owed.inPayout),
    },
  }; // prettier-ignore
}

/** A whole statement as the API answers it. */
export function presentStatement(statement: Statement): z.input<typeof statementBody> {
  const { currency } = statement;
  return {
    ...summariseStatement(statement),
    orders: statement.orders.map((order) => presentOrder(order, currency)),
    payments: statement.payments.map((item) => ({ ...item, amount: { amount: item.amount, currency } })),
  };
}

function presentOrder(order: StatementOrder, currency: string) {
  return {
    ...order,
    before: order.before.map((earlier) => ({ ...earlier, amount: { amount: earlier.amount, currency } })),
    postings: order.postings.map((line) => ({
      ...line,
      base: { amount: line.base, currency },
      amount: { amount: line.amount, currency },
    })),
  };
}
