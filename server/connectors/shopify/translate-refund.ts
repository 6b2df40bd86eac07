import { scale, sum } from '../../shared/money.ts';
import type { OrderLine, Refund, RefundLine } from '../../shared/order.ts';
import { isTip } from './translate-line.ts';
import { measureExtraRefund } from './measure-extra-refund.ts';
import type { ShopMoneyReader } from './read-shop-money.ts';
import type { RefundBody } from './refund.schema.ts';

/** What a refund has to be told about its order. */
interface RefundContext {
  currency: string;
  read: ShopMoneyReader;
  /** The order's lines, to hold the refund's amounts against. */
  lines: readonly OrderLine[];
}

const FAILED = new Set(['failure', 'error']);

/**
 * A refund in our words (S6; shopify.md 9). Lines count by their own amounts, also where the merchant kept
 * some of the money, and where an order was voided before capture and no money moved.
 */
export function translateRefund(refund: RefundBody, context: RefundContext): Refund {
  const lines = translateRefundLines(refund, context.read);
  const { transactions } = refund;
  return {
    id: refund.id,
    createdAt: refund.created_at,
    lines,
    amountOnly: measureExtraRefund(refund, context.currency, context.read),
    ...measureShipping(refund, context.read),
    fees: [],
    made: transactions.length === 0 || transactions.some(({ status }) => !FAILED.has(status)),
    totalOnly: lines.some((line) => exceedsItsLine(line, context.lines)),
  };
}

function translateRefundLines(refund: RefundBody, read: ShopMoneyReader): RefundLine[] {
  return refund.refund_line_items.flatMap((line, index) => {
    if (line.line_item && isTip(line.line_item)) return [];
    const path = `refund_line_items.${index}`;
    return [
      {
        lineId: line.line_item_id,
        quantity: line.quantity,
        net: read(line.subtotal, line.subtotal_set, `${path}.subtotal`),
        tax: read(line.total_tax, line.total_tax_set, `${path}.total_tax`),
      },
    ];
  });
}

/** Shopify books refunded shipping below zero, without its tax and the tax beside it. */
function measureShipping(
  refund: RefundBody,
  read: ShopMoneyReader,
): Pick<Refund, 'shipping' | 'shippingTax'> {
  const parts = refund.order_adjustments.flatMap((adjustment, index) => {
    if (adjustment.kind !== 'shipping_refund') return [];
    const path = `order_adjustments.${index}`;
    const net = -read(adjustment.amount, adjustment.amount_set, `${path}.amount`);
    const tax = -read(adjustment.tax_amount, adjustment.tax_amount_set, `${path}.tax_amount`);
    return [{ net, tax }];
  });
  const shippingTax = sum(parts.map(({ tax }) => tax));
  return { shipping: sum(parts.map(({ net }) => net)) + shippingTax, shippingTax };
}

/**
 * Nobody has shown that refunded subtotals are without tax where prices include it (shopify.md 9). One
 * that, with its tax, exceeds what its units cost contains the tax: such a refund is to be read from the
 * store. One minor unit per unit is left for Shopify's rounding.
 */
function exceedsItsLine(refunded: RefundLine, lines: readonly OrderLine[]): boolean {
  const line = lines.find(({ id }) => id === refunded.lineId);
  if (!line?.taxIncluded || line.quantity === 0) return false;
  const units = BigInt(refunded.quantity);
  const paid = scale(line.listed - line.discount, units, BigInt(line.quantity));
  return refunded.net + refunded.tax > paid + units;
}
