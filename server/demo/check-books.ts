import type { AffiliateFigures } from './expect-balances.ts';
import type { Books } from './read-books.ts';
import type { Delivered } from './shops/send-deliveries.ts';

/**
 * What is wrong with a run, in words; empty when nothing is: every delivery was taken, repeats were known,
 * debits equal credits, and the books say what was expected.
 */
export function checkBooks(
  books: Pick<Books, 'figures' | 'trialBalance'>,
  expected: readonly AffiliateFigures[],
  delivered: readonly Delivered[],
): string[] {
  return [
    ...delivered.flatMap(describeMishap),
    ...books.trialBalance
      .filter(({ difference }) => difference !== 0n)
      .map(({ currency, difference }) => `The trial balance of ${currency} is off by ${difference}.`),
    ...compareFigures(books.figures, expected),
  ];
}

function describeMishap({ outcome, order, topic, repeated }: Delivered): string[] {
  const what = `${topic} of order #${order.number}`;
  if (typeof outcome === 'object') return [`The delivery ${what} was refused: ${outcome.rejected}`];
  if (outcome === 'ignored') return [`The delivery ${what} was ignored.`];
  if (repeated !== (outcome === 'known'))
    return [`The ${repeated ? 'repeated' : 'first'} ${what} is ${outcome}.`];
  return [];
}

function compareFigures(
  booked: readonly AffiliateFigures[],
  expected: readonly AffiliateFigures[],
): string[] {
  const keyOf = ({ name, currency }: AffiliateFigures): string => `${name} in ${currency}`;
  const bookedByKey = new Map(booked.map((row) => [keyOf(row), describeRow(row)]));
  const expectedByKey = new Map(expected.map((row) => [keyOf(row), describeRow(row)]));
  return [...new Set([...expectedByKey.keys(), ...bookedByKey.keys()])].flatMap((key) => {
    const [is, should] = [bookedByKey.get(key) ?? 'nothing', expectedByKey.get(key) ?? 'nothing'];
    return is === should ? [] : [`${key}: the books say ${is}, expected was ${should}.`];
  });
}

function describeRow({ orders, commission, reversals, balance }: AffiliateFigures): string {
  return `${orders} orders, commission ${commission}, reversals ${reversals}, balance ${balance} (minor units)`;
}
