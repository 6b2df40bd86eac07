import { describeMoney, formatMinorUnits } from '../../shared/minor-units.ts';
import type { Statement, StatementOrder, StatementPosting } from '../statements/index.ts';
import { describeOrderNumber } from './describe-order-number.ts';
import { formatMonth, formatShortDay } from './format-day.ts';
import type { Recipient, Sender } from './people.ts';

/** One line of an order: when, how much, and what it is. */
export interface StatementRow {
  day: string;
  amount: string;
  what: string;
  /** The arithmetic, the base and the rule. */
  words: string[];
}

/** What the mail of one statement says. Figures are padded to one width, for plain text. */
export interface StatementMailView {
  subject: string;
  preview: string;
  recipientName: string;
  senderName: string;
  number: number;
  month: string;
  currency: string;
  balance: string;
  figures: { label: string; amount: string; isTotal: boolean }[];
  orders: { title: string; rows: StatementRow[] }[];
}

/** Puts a statement into words for the affiliate (S14). */
export function describeStatement(
  statement: Statement,
  recipient: Recipient,
  sender: Sender,
): StatementMailView {
  const { number, currency, closing, owed, from, timeZone } = statement;
  const month = formatMonth(from, timeZone);
  const payable = describeMoney(owed.payable, currency);
  const balance = `${describeMoney(closing, currency)}, ${owed.payable === 0n ? 'nothing of it payable yet' : `${payable} of it payable`}`;
  const width = widestAmount(statement);
  return {
    subject: `${sender.name}: your ${month} statement, ${describeMoney(closing, currency)}`,
    preview: `Balance at the end of ${month}: ${balance}`,
    recipientName: recipient.name,
    senderName: sender.name,
    number,
    month,
    currency,
    balance,
    figures: describeFigures(statement, width),
    orders: [
      ...statement.orders.map((order) => describeOrderRows(order, statement, width)),
      ...describePayments(statement, width),
    ],
  };
}

function describeFigures(statement: Statement, width: number): StatementMailView['figures'] {
  const { currency, opening, earned, reversed, paidOut, closing, owed } = statement;
  const rows: [string, string, boolean][] = [
    ['Opening balance', formatMinorUnits(opening, currency), false],
    ['Earned', withSign(earned, currency), false],
    ['Reversed', withSign(-reversed, currency), false],
    ...(paidOut === 0n
      ? []
      : [['Paid out', withSign(-paidOut, currency), false] as [string, string, boolean]]),
    ['Closing balance', formatMinorUnits(closing, currency), true],
    ...(owed.payable === 0n
      ? []
      : [['of it payable', formatMinorUnits(owed.payable, currency), false] as [string, string, boolean]]),
  ];
  return rows.map(([label, amount, isTotal]) => ({
    label: label.padEnd('Opening balance'.length),
    amount: amount.padStart(width),
    isTotal,
  }));
}

/** Payments stand behind the orders, as a group of their own. */
function describePayments(
  { payments, currency, timeZone }: Statement,
  width: number,
): StatementMailView['orders'] {
  if (payments.length === 0) return [];
  const rows = payments.map(({ postedAt, amount, orderNumber, note }) => ({
    day: formatShortDay(postedAt, timeZone).padStart('30 Sep'.length),
    amount: withSign(-amount, currency).padStart(width),
    what: `order ${describeOrderNumber(orderNumber)}, ${note}`,
    words: [],
  }));
  return [{ title: 'Paid out', rows }];
}

function describeOrderRows(
  order: StatementOrder,
  { currency, timeZone }: Statement,
  width: number,
): StatementMailView['orders'][number] {
  const row = (at: Date, amount: bigint, what: string, words: string[]): StatementRow => ({
    day: formatShortDay(at, timeZone).padStart('30 Sep'.length),
    amount: withSign(amount, currency).padStart(width),
    what,
    words,
  });
  const earlier = order.before.map(({ postedAt, amount, orderVersion }) =>
    row(postedAt, amount, `version ${orderVersion}, in the opening balance`, []),
  );
  const postings = order.postings.map((posting) =>
    row(posting.postedAt, posting.amount, describeKind(posting, timeZone), describeOrigin(posting, currency)),
  );
  return { title: `Order ${describeOrderNumber(order.orderNumber)}`, rows: [...earlier, ...postings] };
}

function describeKind({ kind, orderVersion, status, releaseAt }: StatementPosting, timeZone: string): string {
  const until = status === 'pending' && releaseAt ? ` until ${formatShortDay(releaseAt, timeZone)}` : '';
  return `${kind === 'reversal' ? 'reversed' : 'earned'}, version ${orderVersion}, ${status}${until}`;
}

function describeOrigin(
  { arithmetic, base, rules, rulesVersion }: StatementPosting,
  currency: string,
): string[] {
  const applied = rules.length > 0 ? rules.join(', ') : 'no rule';
  return [arithmetic, `Base ${describeMoney(base, currency)}; ${applied}, rules version ${rulesVersion}`];
}

function widestAmount({ orders, payments, opening, earned, reversed, closing, currency }: Statement): number {
  const listed = orders.flatMap(({ before, postings }) =>
    [...before, ...postings].map(({ amount }) => amount),
  );
  const paid = payments.map(({ amount }) => -amount);
  const amounts = [opening, earned, -reversed, closing, ...listed, ...paid];
  return Math.max(...amounts.map((amount) => withSign(amount, currency).length));
}

/** "+7.40", "-3.70", and "0.00" without a sign. */
function withSign(amount: bigint, currency: string): string {
  return `${amount > 0n ? '+' : ''}${formatMinorUnits(amount, currency)}`;
}
