import { z } from 'zod';
import { isCurrency } from '../../../shared/currencies.ts';
import { describeMoney } from '../../../shared/minor-units.ts';

const LARGEST = 1_000_000_000_000;

/** The arguments of every flat kind: an amount per currency, in minor units, as amounts are everywhere in the API. */
export const flatArgs = z.strictObject({
  amounts: z
    .record(
      z.string().refine(isCurrency, 'is not a currency code of ISO 4217'),
      z.int().min(0).max(LARGEST).meta({ description: 'Minor units' }),
    )
    .refine((amounts) => Object.keys(amounts).length > 0, 'Name an amount in at least one currency.'),
});
export type FlatArgs = z.output<typeof flatArgs>;

/** The amount in a currency; undefined where there is none: nothing is converted (S5). */
export function flatAmountIn({ amounts }: FlatArgs, currency: string): bigint | undefined {
  const amount = Object.hasOwn(amounts, currency) ? amounts[currency] : undefined;
  return amount === undefined ? undefined : BigInt(amount);
}

/** "5.00 EUR or 500 JPY". */
export function describeFlatAmounts({ amounts }: FlatArgs): string {
  return Object.entries(amounts)
    .map(([currency, amount]) => describeMoney(BigInt(amount), currency))
    .join(' or ');
}

/** Why a flat amount cannot be paid in a currency, or null (S5). */
export function findMissingAmount(args: FlatArgs, currency: string): string | null {
  return flatAmountIn(args, currency) === undefined ? `it names no amount in ${currency}` : null;
}
