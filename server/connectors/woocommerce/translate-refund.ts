import { sum } from '../../shared/money.ts';
import type { OrderFee, Refund, RefundLine } from '../../shared/order.ts';
import type { AmountReader } from './read-amount.ts';
import type { RefundBody, RefundPart } from './refund.schema.ts';

/** Where a refunded line names the line of the order that it refunds. */
const REFUNDED_LINE = '_refunded_item_id';

/**
 * A refund of REST in our words (S6; woocommerce.md 7). What its amount exceeds lines, shipping and fees by
 * was given back as an amount; "refund the rest" and a status set by hand have no lines at all.
 */
export function translateRefund(refund: RefundBody, read: AmountReader): Refund {
  const lines = translateLines(refund, read);
  const shipping = readParts(refund.shipping_lines, 'shipping_lines', read);
  const fees = readParts(refund.fee_lines, 'fee_lines', read);
  const grossOf = (parts: Pick<RefundLine, 'net' | 'tax'>[]): bigint =>
    sum(parts.map(({ net, tax }) => net + tax));
  const rest = read(refund.amount, 'amount') - grossOf([...lines, ...shipping, ...fees]);
  return {
    id: refund.id,
    createdAt: refund.date_created_gmt,
    lines,
    amountOnly: rest > 0n ? rest : 0n,
    shipping: grossOf(shipping),
    shippingTax: sum(shipping.map(({ tax }) => tax)),
    fees,
    made: true,
    totalOnly: false,
  };
}

/** A line that does not say what it refunds counts by its amount alone. */
function translateLines(refund: RefundBody, read: AmountReader): RefundLine[] {
  return refund.line_items.flatMap((line, index): RefundLine[] => {
    const lineId = findRefunded(line);
    if (lineId === undefined) return [];
    const path = `line_items.${index}`;
    return [
      {
        lineId,
        quantity: line.quantity,
        net: -read(line.total, `${path}.total`),
        tax: -read(line.total_tax, `${path}.total_tax`),
      },
    ];
  });
}

function findRefunded({ meta_data: meta }: { meta_data: RefundPart['meta_data'] }): string | undefined {
  const id = meta.find(({ key }) => key === REFUNDED_LINE)?.value;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function readParts(parts: RefundPart[], path: string, read: AmountReader): OrderFee[] {
  return parts.map((part, index) => ({
    id: findRefunded(part) ?? '',
    net: -read(part.total, `${path}.${index}.total`),
    tax: -read(part.total_tax, `${path}.${index}.total_tax`),
  }));
}
