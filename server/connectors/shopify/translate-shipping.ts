import { sum } from '../../shared/money.ts';
import type { OrderFee } from '../../shared/order.ts';
import type { OrderBody } from './order.schema.ts';
import { shopMoneyReader } from './read-shop-money.ts';
import { sumDiscounts, sumTaxes } from './sum-parts.ts';

/**
 * What the buyer paid for shipping, after its discounts, in minor units of the shop's currency (S4). Where
 * prices include tax, those of shipping do too. A shipping line that an edit took off does not count.
 */
export function translateShipping(order: OrderBody): OrderFee {
  const read = shopMoneyReader(order.currency);
  const parts = order.shipping_lines.map((line, index) => {
    if (line.is_removed) return { net: 0n, tax: 0n };
    const path = `shipping_lines.${index}`;
    const price = read(line.price, line.price_set, `${path}.price`);
    const tax = sumTaxes(line.tax_lines, read, path);
    const paid = price - sumDiscounts(line.discount_allocations, read, path);
    return { net: order.taxes_included ? paid - tax : paid, tax };
  });
  return { id: 'shipping', net: sum(parts.map(({ net }) => net)), tax: sum(parts.map(({ tax }) => tax)) };
}
