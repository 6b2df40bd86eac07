import { describeMoney } from '../../shared/minor-units.ts';
import { sum } from '../../shared/money.ts';
import type { Receipt } from '../commissions/index.ts';

/** What a posting means for the affiliate, for people who read only the first lines. */
export interface Change {
  headline: string;
  story: string[];
}

/** Tells a first commission, a raised one, one of nothing, and a reversal with what was reversed and why. */
export function describeChange(receipt: Receipt, shop: string): Change {
  const { amount, alreadyPosted, target, earlier, order } = receipt;
  const money = (value: bigint): string => describeMoney(value, order.currency);
  const now = `It earns ${money(target)} now${describeCause(receipt)}.`;
  if (amount < 0n) {
    const before = `You had earned ${money(alreadyPosted)} for this order at ${shop}.`;
    return {
      headline: `${money(-amount)} reversed`,
      story: [`${before} ${now} The difference, ${money(-amount)}, was taken off your balance.`],
    };
  }
  if (earlier.length > 0) {
    const before = `You had earned ${money(alreadyPosted)} for this order at ${shop}.`;
    return { headline: `You earned ${money(amount)} more`, story: [`${before} ${now}`, STILL_PENDING] };
  }
  if (amount === 0n) {
    return {
      headline: `Credited to you, ${money(amount)}`,
      story: [`An order at ${shop} was credited to you. ${now}`],
    };
  }
  return {
    headline: `You earned ${money(amount)}`,
    story: [`An order at ${shop} was credited to you.`, STILL_PENDING],
  };
}

const STILL_PENDING = 'The amount is pending: a refund or a cancellation can still change it.';

function describeCause({ nothingBecause, lines, base, order }: Receipt): string {
  if (nothingBecause !== null) return `, because ${nothingBecause}`;
  const money = (value: bigint): string => describeMoney(value, order.currency);
  const refunded = sum(lines.map((line) => line.refunded + line.refundShare));
  const removed = sum(lines.map((line) => line.removed));
  const causes = [
    ...(refunded > 0n ? [`goods worth ${money(refunded)} were refunded`] : []),
    ...(removed > 0n ? [`goods worth ${money(removed)} were removed from the order`] : []),
  ];
  if (causes.length > 0) return `, because ${causes.join(' and ')} (amounts without tax)`;
  return base === 0n ? `, because its commission base is ${money(0n)}` : '';
}
