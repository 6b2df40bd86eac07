import { sum } from '../../shared/money.ts';
import type { OrderFee, OrderLine, OrderSnapshot, Refund } from '../../shared/order.ts';
import type { OrderBody } from './order.schema.ts';
import { amountReader, type AmountReader } from './read-amount.ts';
import { readPaymentState } from './read-payment-state.ts';
import { translateRefund } from './translate-refund.ts';
import type { RefundBody } from './refund.schema.ts';

/**
 * An order in our words: a full snapshot in the order's currency (S4; woocommerce.md 7).
 * @param details the order's refunds as REST gives them; a webhook has none, and then only totals are known
 * @throws DomainError invalid-input for amounts that cannot be read.
 */
export function translateOrder(order: OrderBody, details: readonly RefundBody[] = []): OrderSnapshot {
  const read = amountReader(order.currency);
  return {
    externalId: order.id,
    number: order.number,
    currency: order.currency,
    createdAt: order.date_created_gmt,
    updatedAt: order.date_modified_gmt ?? order.date_created_gmt,
    status: order.status,
    ...readPaymentState(order),
    // A failed order is none any more either; the signed events of our plugin say the same.
    cancelled: order.status === 'cancelled' || order.status === 'failed',
    removed: order.status === 'trash',
    test: false,
    provisional: false,
    lines: translateLines(order, read),
    fees: translateFees(order, read),
    refunds: translateRefunds(order, details, read),
    checkoutStartedAt: null,
    fulfilledAt: order.date_completed_gmt ?? null,
    // Core knows no charge-backs; gateways write them into notes only.
    chargeback: 'none',
    shipping: translateShipping(order, read),
  };
}

/** Line amounts are without tax, also where the shop's prices include it. */
function translateLines(order: OrderBody, read: AmountReader): OrderLine[] {
  return order.line_items.flatMap((line, index) => {
    if (isDiscount(line)) return [];
    const path = `line_items.${index}`;
    const listed = read(line.subtotal, `${path}.subtotal`);
    const goods: OrderLine = {
      id: line.id,
      productId: line.product_id === '0' ? null : line.product_id,
      categoryIds: [],
      title: line.name,
      quantity: line.quantity,
      listed,
      discount: listed - read(line.total, `${path}.total`),
      tax: read(line.total_tax, `${path}.total_tax`),
      taxIncluded: false,
      containedTaxPpm: null,
      giftCard: false,
      removedUnits: 0,
    };
    return [goods];
  });
}

/** Some plugins write a discount as a line below zero; like a negative fee it lowers the others (S4). */
function isDiscount({ total }: { total: string }): boolean {
  return total.startsWith('-');
}

function translateFees(order: OrderBody, read: AmountReader): OrderFee[] {
  return [...order.fee_lines, ...order.line_items.filter(isDiscount)].map((fee) => ({
    id: fee.id,
    net: read(fee.total, `fee ${fee.id}.total`),
    tax: read(fee.total_tax, `fee ${fee.id}.total_tax`),
  }));
}

function translateShipping({ shipping_lines: lines }: OrderBody, read: AmountReader): OrderFee {
  const paths = lines.map((line, index) => ({ ...line, path: `shipping_lines.${index}` }));
  return {
    id: 'shipping',
    net: sum(paths.map(({ total, path }) => read(total, `${path}.total`))),
    tax: sum(paths.map(({ total_tax: tax, path }) => read(tax, `${path}.total_tax`))),
  };
}

/** Oldest first. A refund that was made between the two reads of REST is in one list only. */
function translateRefunds(order: OrderBody, details: readonly RefundBody[], read: AmountReader): Refund[] {
  const detailed = new Set(details.map(({ id }) => id));
  const totals = order.refunds.flatMap((refund, index): Refund[] => {
    if (detailed.has(refund.id)) return [];
    return [describeTotal(refund.id, -read(refund.total, `refunds.${index}.total`), order)];
  });
  const refunds = [...details.map((detail) => translateRefund(detail, read)), ...totals];
  return refunds.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

/** The list inside an order gives neither lines nor date: the refund was made by the order's last change. */
function describeTotal(id: string, total: bigint, order: OrderBody): Refund {
  return {
    id,
    createdAt: order.date_modified_gmt ?? order.date_created_gmt,
    lines: [],
    amountOnly: total,
    shipping: 0n,
    shippingTax: null,
    fees: [],
    made: true,
    totalOnly: true,
  };
}
