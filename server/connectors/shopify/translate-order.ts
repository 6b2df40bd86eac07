import { allocate } from '../../shared/money.ts';
import type { OrderLine, OrderSnapshot, Refund } from '../../shared/order.ts';
import { findFulfilment } from './find-fulfilment.ts';
import type { OrderBody } from './order.schema.ts';
import { readPaymentState } from './read-payment-state.ts';
import { shopMoneyReader } from './read-shop-money.ts';
import { isTip, translateLine } from './translate-line.ts';
import { translateRefund } from './translate-refund.ts';
import { translateShipping } from './translate-shipping.ts';

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
    fulfilledAt: findFulfilment(order),
    // An order body tells nothing of disputes.
    chargeback: 'none',
    shipping: translateShipping(order),
  };
}

function translateLines(order: OrderBody): OrderLine[] {
  const read = shopMoneyReader(order.currency);
  const lines = order.line_items.flatMap((line, index) => {
    if (isTip(line)) return [];
    const refundedUnits = countRefundedUnits(order, line.id);
    const path = `line_items.${index}`;
    return [translateLine(line, { read, taxIncluded: order.taxes_included, refundedUnits, path })];
  });
  return allocateOldDiscount(lines, order);
}

/** Bodies from before 2018 allocate no discount to any line: theirs goes by line weight (S4). */
function allocateOldDiscount(lines: OrderLine[], order: OrderBody): OrderLine[] {
  const { total_discounts: total, currency } = order;
  if (!total || order.line_items.some((line) => line.discount_allocations)) return lines;
  const discount = shopMoneyReader(currency)(total, null, 'total_discounts');
  const shares = allocate(
    discount,
    lines.map(({ listed }) => listed),
  );
  return lines.map((line, index) => ({ ...line, discount: shares[index] ?? 0n }));
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
