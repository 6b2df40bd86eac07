import { describeMoney } from '../../shared/minor-units.ts';
import { sum } from '../../shared/money.ts';
import type { Receipt } from '../commissions/index.ts';

/**
 * Why an order earns less than before, or nothing, in words that follow "because"; empty when the receipt
 * does not tell.
 * @param before the receipt of the posting before, undefined when there was none
 */
export function describeCause(now: Receipt, before: Receipt | undefined): string {
  if (now.nothingBecause !== null) return now.nothingBecause;
  const money = (amount: bigint): string => describeMoney(amount, now.order.currency);
  const refunded = refundedIn(now) - (before ? refundedIn(before) : 0n);
  const removed = removedIn(now) - (before ? removedIn(before) : 0n);
  const causes = [
    ...(refunded > 0n ? [`goods worth ${money(refunded)} without tax were refunded`] : []),
    ...(removed > 0n ? [`goods worth ${money(removed)} without tax were removed from the order`] : []),
  ];
  if (causes.length > 0) return causes.join(' and ');
  if (before === undefined) return now.base === 0n ? `its commission base is ${money(now.base)}` : '';
  if (now.base !== before.base) {
    return `the order was changed: its commission base is ${money(now.base)} instead of ${money(before.base)}`;
  }
  return now.attribution.decision === before.attribution.decision
    ? ''
    : 'new evidence changed how the order is credited';
}

const refundedIn = ({ lines }: Receipt): bigint => sum(lines.map((line) => line.refunded + line.refundShare));
const removedIn = ({ lines }: Receipt): bigint => sum(lines.map((line) => line.removed));
