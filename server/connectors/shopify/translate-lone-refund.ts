import type { Delivery } from '../../shared/delivery.ts';
import type { OrderLine } from '../../shared/order.ts';
import { inferTaxIncluded } from './infer-tax-included.ts';
import { shopMoneyReader, type ShopMoneyReader } from './read-shop-money.ts';
import type { RefundBody } from './refund.schema.ts';
import { translateLine } from './translate-line.ts';
import { translateRefund } from './translate-refund.ts';

/**
 * The body of refunds/create: a refund without its order, to be merged by its id (S6). It names neither the
 * shop's currency nor whether prices include tax; where the numbers do not tell, the order is to be read.
 */
export function translateLoneRefund(body: RefundBody): Delivery {
  const currency = findCurrency(body);
  if (!currency) return readRequest(body, 'a refund does not name its currency');
  const read = shopMoneyReader(currency);
  const lines = translateOwnLines(body, read);
  if (!lines) return readRequest(body, 'a refund does not tell whether its prices include tax');
  const refund = translateRefund(body, { currency, read, lines });
  if (refund.totalOnly) return readRequest(body, 'a refunded line exceeds what it cost');
  return { kind: 'refund', orderExternalId: body.order_id, refund, updatedAt: body.created_at };
}

function readRequest(body: RefundBody, reason: string): Delivery {
  return { kind: 'read-request', orderExternalId: body.order_id, reason };
}

function findCurrency(body: RefundBody): string | undefined {
  const sets = [
    ...body.refund_line_items.map((line) => line.subtotal_set),
    ...body.order_adjustments.map((adjustment) => adjustment.amount_set),
  ];
  return sets.find((set) => set)?.shop_money.currency_code;
}

/** The lines as the refund repeats them; undefined when one of them leaves open whether it contains tax. */
function translateOwnLines(body: RefundBody, read: ShopMoneyReader): OrderLine[] | undefined {
  const lines: OrderLine[] = [];
  for (const [index, { line_item: item, total_tax: tax }] of body.refund_line_items.entries()) {
    if (!item && /[1-9]/.test(tax)) return undefined;
    if (!item) continue;
    const path = `refund_line_items.${index}.line_item`;
    const line = translateLine(item, { read, taxIncluded: false, refundedUnits: 0, path });
    const taxIncluded = inferTaxIncluded(item, line);
    if (taxIncluded === undefined) return undefined;
    lines.push({ ...line, taxIncluded });
  }
  return lines;
}
