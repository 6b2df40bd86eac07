import { describeMoney } from '../../shared/minor-units.ts';
import type { Receipt } from '../commissions/index.ts';
import { describeCause } from './describe-cause.ts';

/** What a posting means for the affiliate: for the subject line, and in one paragraph. */
export interface Change {
  headline: string;
  story: string;
}

const STILL_PENDING = 'The amount is pending: a refund or a cancellation can still change it.';

/**
 * Tells a first commission, a raised one, one of nothing, and a reversal with what was reversed and why.
 * @param before the receipt of the affiliate's posting before for this order, undefined for the first
 * @param sale which sale it is about, e.g. "order #1001 at Teehaus"
 */
export function describeChange(now: Receipt, before: Receipt | undefined, sale: string): Change {
  const { amount, alreadyPosted, target, earlier, order } = now;
  const money = (value: bigint): string => describeMoney(value, order.currency);
  const steps = `from ${money(alreadyPosted)} to ${money(target)}`;
  const cause = describeCause(now, before);
  const because = cause === '' ? '' : `, because ${cause}`;
  if (amount < 0n) {
    const story = `Your commission for ${sale} went down ${steps}${because}.`;
    const effect = `The difference of ${money(-amount)} was taken off your balance.`;
    return { headline: `${money(-amount)} reversed`, story: `${story} ${effect}` };
  }
  if (earlier.length > 0) {
    const story = `Your commission for ${sale} went up ${steps}. ${STILL_PENDING}`;
    return { headline: `You earned ${money(amount)} more`, story };
  }
  if (amount === 0n) {
    const story = `You are credited with ${sale}. It earns ${money(amount)}${because}.`;
    return { headline: `Credited to you, ${money(amount)}`, story };
  }
  const story = `You earned ${money(amount)} with ${sale}. ${STILL_PENDING}`;
  return { headline: `You earned ${money(amount)}`, story };
}
