import { z } from 'zod';
import { exponentOf, isCurrency } from '../../../../shared/currencies.ts';
import { id, momentInput } from '../../../../platform/http/index.ts';

/** WooCommerce tells two decimals of a coupon, and what it does not tell cannot be compared. */
const SHOWN_DECIMALS = 2;
/** A hundredth of a percent, in parts per million. */
const SMALLEST_RATE = 100;
const WHOLE = 1_000_000;
const LARGEST_AMOUNT = 1_000_000_000_000;

/** Minor units as a JSON integer: no float, and no number that JavaScript would round. */
const units = z
  .int()
  .min(1)
  .max(LARGEST_AMOUNT)
  .transform((whole) => BigInt(whole));
const currency = z.string().refine(isCurrency, 'Send an ISO 4217 code such as EUR.');
const amount = { amount: units, currency };
const money = z
  .strictObject(amount)
  .refine(isShown, 'A shop tells two decimals of it: leave the third at 0.');
const limit = z.int().min(1).max(1_000_000).nullable().default(null);

function isShown(value: { amount: bigint; currency: string }): boolean {
  const hidden = Math.max(0, exponentOf(value.currency) - SHOWN_DECIMALS);
  return value.amount % 10n ** BigInt(hidden) === 0n;
}

const discount = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('percent'),
    ratePpm: z
      .int()
      .min(SMALLEST_RATE)
      .max(WHOLE)
      .multipleOf(SMALLEST_RATE, 'A shop tells hundredths of a percent: use a multiple of 100.')
      .meta({ description: 'Parts per million: 100000 = 10 %' }),
  }),
  z
    .strictObject({ kind: z.literal('fixed'), per: z.enum(['cart', 'product']).default('cart'), ...amount })
    .refine(isShown, 'A shop tells two decimals of it: leave the third at 0.'),
]);

/** What a merchant tells of the discount of a code. */
export const newTerms = z
  .strictObject({
    discount: discount.meta({ example: { kind: 'percent', ratePpm: 100_000 } }),
    minimum: money.nullable().default(null).meta({ description: 'What the cart must come to' }),
    usageLimit: limit.meta({ description: 'By everybody together' }),
    usageLimitPerCustomer: limit,
    expiresAt: momentInput.nullable().default(null),
    storeIds: z
      .array(id)
      .min(1)
      .max(50)
      .nullable()
      .default(null)
      .meta({ description: 'The shops that are to have it; null = all that gave their keys' }),
    adopt: z.boolean().default(false).meta({
      description: 'Take over a coupon of this code that a shop has already',
    }),
  })
  .refine(
    ({ discount: given, minimum }) =>
      given.kind !== 'fixed' || minimum === null || minimum.currency === given.currency,
    { path: ['minimum', 'currency'], message: 'Use the currency of the discount: a shop has one.' },
  );
export type NewTerms = z.output<typeof newTerms>;
