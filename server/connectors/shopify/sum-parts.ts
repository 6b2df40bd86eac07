import { sum } from '../../shared/money.ts';
import type { MoneySet } from './line.schema.ts';
import type { ShopMoneyReader } from './read-shop-money.ts';

/** The sum of a line's discounts, in minor units of the shop's currency; `path` is the line's place in the body. */
export function sumDiscounts(
  parts: readonly { amount: string; amount_set?: MoneySet }[],
  read: ShopMoneyReader,
  path: string,
): bigint {
  return sum(
    parts.map((part, index) =>
      read(part.amount, part.amount_set, `${path}.discount_allocations.${index}.amount`),
    ),
  );
}

/** The sum of a line's taxes, likewise. */
export function sumTaxes(
  parts: readonly { price: string; price_set?: MoneySet }[],
  read: ShopMoneyReader,
  path: string,
): bigint {
  return sum(
    parts.map((part, index) => read(part.price, part.price_set, `${path}.tax_lines.${index}.price`)),
  );
}
