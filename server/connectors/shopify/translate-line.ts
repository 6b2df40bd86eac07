import type { OrderLine } from '../../shared/order.ts';
import type { LineBody } from './line.schema.ts';
import type { ShopMoneyReader } from './read-shop-money.ts';
import { sumDiscounts, sumTaxes } from './sum-parts.ts';

/** What a line has to be told about its order. */
interface LineContext {
  read: ShopMoneyReader;
  taxIncluded: boolean;
  /** Units that refunds took off, made or not: Shopify counts both out of `current_quantity`. */
  refundedUnits: number;
  /** Where the line stands in the body. */
  path: string;
}

/** A line of an order in our words (S4; shopify.md 9). Amounts in minor units of the shop's currency. */
export function translateLine(line: LineBody, context: LineContext): OrderLine {
  const { read, path } = context;
  const unit = read(line.price, line.price_set, `${path}.price`);
  return {
    id: line.id,
    productId: line.product_id ?? null,
    categoryIds: [],
    title: line.title,
    quantity: line.quantity,
    listed: unit * BigInt(line.quantity),
    discount: sumDiscounts(line.discount_allocations ?? [], read, path),
    tax: sumTaxes(line.tax_lines, read, path),
    taxIncluded: context.taxIncluded,
    containedTaxPpm: null,
    giftCard: line.gift_card,
    removedUnits: countRemovedUnits(line, context.refundedUnits),
  };
}

/** A tip is a line of its own and outside the base (S4). */
export function isTip(line: LineBody): boolean {
  return line.tip_payment_gateway !== undefined;
}

/**
 * An edit leaves `quantity` as it was and lowers `current_quantity`, which refunded units left as well:
 * only the rest was taken off by edits. Bodies from before 2023 do not have the current one.
 */
function countRemovedUnits(line: LineBody, refundedUnits: number): number {
  const current = line.current_quantity ?? line.quantity;
  return Math.max(0, line.quantity - current - refundedUnits);
}
