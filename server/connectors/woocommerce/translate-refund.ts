import { sum } from '../../shared/money.ts';
import type { Refund, RefundLine } from '../../shared/order.ts';
import type { AmountReader } from './read-amount.ts';
import type { RefundBody } from './refund.schema.ts';

/** Where a refunded line names the line of the order that it refunds. */
const REFUNDED_LINE = '_refunded_item_id';

/**
 * A refund of REST in our words (S6; woocommerce.md 7). What its amount exceeds lines, shipping and fees by
 * was given back as an amount; "refund the rest" and a status set by hand have no lines at all.
 */
export function translateRefund(refund: RefundBody, read: AmountReader): Refund {
  const lines = translateLines(refund, read);
  const shipping = readGross(refund.shipping_lines, 'shipping_lines', read);
  const fees = readGross(refund.fee_lines, 'fee_lines', read);
  const named = sum(lines.map(({ net, tax }) => net + tax)) + shipping + fees;
  const rest = read(refund.amount, 'amount') - named;
  return {
    id: refund.id,
    createdAt: refund.date_created_gmt,
    lines,
    amountOnly: rest > 0n ? rest : 0n,
    shipping,
    made: true,
    totalOnly: false,
  };
}

/** A line that does not say what it refunds counts by its amount alone. */
function translateLines(refund: RefundBody, read: AmountReader): RefundLine[] {
  return refund.line_items.flatMap((line, index): RefundLine[] => {
    const lineId = line.meta_data.find(({ key }) => key === REFUNDED_LINE)?.value;
    if (typeof lineId !== 'string' && typeof lineId !== 'number') return [];
    const path = `line_items.${index}`;
    return [
      {
        lineId: String(lineId),
        quantity: line.quantity,
        net: -read(line.total, `${path}.total`),
        tax: -read(line.total_tax, `${path}.total_tax`),
      },
    ];
  });
}

function readGross(parts: { total: string; total_tax: string }[], path: string, read: AmountReader): bigint {
  return -sum(
    parts.map(
      (part, index) =>
        read(part.total, `${path}.${index}.total`) + read(part.total_tax, `${path}.${index}.total_tax`),
    ),
  );
}
