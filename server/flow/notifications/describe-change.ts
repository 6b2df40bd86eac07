import { describeMoney } from '../../shared/minor-units.ts';
import { sum } from '../../shared/money.ts';
import type { Receipt } from '../commissions/index.ts';

/** What a posting means for the affiliate: for the subject line, and in one paragraph. */
export interface Change {
  headline: string;
  story: string;
}

const STILL_PENDING = 'The amount is pending: a refund or a cancellation can still change it.';

/**
 * Tells a first commission, a raised one, one of nothing, and a reversal with what was reversed and why.
 * @param sale which sale it is about, e.g. "order #1001 at Teehaus"
 */
export function describeChange(receipt: Receipt, sale: string): Change {
  const { amount, alreadyPosted, target, earlier, order } = receipt;
  const money = (value: bigint): string => describeMoney(value, order.currency);
  const steps = `from ${money(alreadyPosted)} to ${money(target)}`;
  if (amount < 0n) {
    const why = `Your commission for ${sale} went down ${steps}${describeCause(receipt)}.`;
    const effect = `The difference of ${money(-amount)} was taken off your balance.`;
    return { headline: `${money(-amount)} reversed`, story: `${why} ${effect}` };
  }
  if (earlier.length > 0) {
    const story = `Your commission for ${sale} went up ${steps}. ${STILL_PENDING}`;
    return { headline: `You earned ${money(amount)} more`, story };
  }
  if (amount === 0n) {
    const story = `You are credited with ${sale}. It earns ${money(amount)}${describeCause(receipt)}.`;
    return { headline: `Credited to you, ${money(amount)}`, story };
  }
  return {
    headline: `You earned ${money(amount)}`,
    story: `You earned ${money(amount)} with ${sale}. ${STILL_PENDING}`,
  };
}

function describeCause({ nothingBecause, lines, base, order }: Receipt): string {
  if (nothingBecause !== null) return `, because ${nothingBecause}`;
  const money = (value: bigint): string => describeMoney(value, order.currency);
  const refunded = sum(lines.map((line) => line.refunded + line.refundShare));
  const removed = sum(lines.map((line) => line.removed));
  const causes = [
    ...(refunded > 0n ? [`goods worth ${money(refunded)} without tax were refunded`] : []),
    ...(removed > 0n ? [`goods worth ${money(removed)} without tax were removed from the order`] : []),
  ];
  if (causes.length > 0) return `, because ${causes.join(' and ')}`;
  return base === 0n ? `, because its commission base is ${money(base)}` : '';
}
