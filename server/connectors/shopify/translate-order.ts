import type { OrderLine, OrderSnapshot, Refund } from '../../shared/order.ts';
import type { OrderBody } from './order.schema.ts';
import { readPaymentState } from './read-payment-state.ts';
import { shopMoneyReader } from './read-shop-money.ts';
import { isTip, translateLine } from './translate-line.ts';
import { translateRefund } from './translate-refund.ts';

/**
 * An order body in our words: a full snapshot, in the shop's currency (S4; shopify.md 1 and 9).
 * Shopify sends no time of payment, and fees and duties are not part of the lines.
 * @throws DomainError invalid-input for amounts that cannot be read.
 */
export function translateOrder(order: OrderBody): OrderSnapshot {
  const lines = translateLines(order);
  return {
    externalId: order.id,
    number: order.name,
    currency: order.currency,
    createdAt: order.created_at,
    updatedAt: order.updated_at,
    status: order.financial_status ?? 'unknown',
    payment: readPaymentState(order.financial_status),
    paidAt: null,
    cancelled: Boolean(order.cancelled_at),
    removed: false,
    test: order.test,
    provisional: false,
    lines,
    fees: [],
    refunds: translateRefunds(order, lines),
    checkoutStartedAt: null,
    fulfilledAt: null,
    chargeback: 'none',
    shipping: { id: 'shipping', net: 0n, tax: 0n },
  };
}

function translateLines(order: OrderBody): OrderLine[] {
  const read = shopMoneyReader(order.currency);
  return order.line_items.flatMap((line, index) => {
    if (isTip(line)) return [];
    const refundedUnits = countRefundedUnits(order, line.id);
    const path = `line_items.${index}`;
    return [translateLine(line, { read, taxIncluded: order.taxes_included, refundedUnits, path })];
  });
}

function countRefundedUnits(order: OrderBody, lineId: string): number {
  return order.refunds
    .flatMap((refund) => refund.refund_line_items)
    .filter((line) => line.line_item_id === lineId)
    .reduce((units, line) => units + line.quantity, 0);
}

function translateRefunds(order: OrderBody, lines: OrderLine[]): Refund[] {
  const read = shopMoneyReader(order.currency);
  return order.refunds.map((refund) => translateRefund(refund, { currency: order.currency, read, lines }));
}
