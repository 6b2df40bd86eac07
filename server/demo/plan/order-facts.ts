import { sum } from '../../shared/money.ts';
import type { OrderChange, PlannedOrder, Stage } from './month-plan.ts';

/** Every change that gives money back. */
export type PlannedRefund = Extract<OrderChange, { refundId: number }>;

/** When an order last changed. */
export function momentOf(order: PlannedOrder, stage: Stage): Date {
  if (stage === 'changed') return order.change?.at ?? order.placedAt;
  return stage === 'paid' ? (order.paidAt ?? order.placedAt) : order.placedAt;
}

/** What the buyer is to pay, with tax and shipping. */
export function totalOf({ lines, shipping }: PlannedOrder): bigint {
  return sum(lines.map(({ net, tax }) => net + tax)) + shipping.net + shipping.tax;
}

/** The order's refund, if that is what became of it. */
export function refundOf({ change }: PlannedOrder): PlannedRefund | undefined {
  return change && 'refundId' in change ? change : undefined;
}

/** Everything that a refund gives back, tax included. */
export function measureRefund(refund: PlannedRefund, { shipping }: PlannedOrder): bigint {
  switch (refund.kind) {
    case 'refund-line':
      return refund.net + refund.tax;
    case 'refund-amount':
      return refund.amount;
    case 'refund-shipping':
      return shipping.net + shipping.tax;
  }
}
