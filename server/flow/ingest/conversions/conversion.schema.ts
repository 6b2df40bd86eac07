import { z } from 'zod';
import { id, momentInput } from '../../../platform/http/index.ts';
import { isCurrency } from '../../../shared/currencies.ts';
import { sum } from '../../../shared/money.ts';

export const CONVERSION_KINDS = ['sale', 'lead'] as const;
const LONGEST_TITLE = 300;

export const text = z.string().min(1).max(200);
/** Minor units as a JSON integer: no float, and no number that JavaScript would round. */
const units = z
  .int()
  .min(0)
  .transform((whole) => BigInt(whole));
const currency = z.string().refine(isCurrency, 'Send an ISO 4217 code such as EUR.');
const amount = z
  .strictObject({ amount: units, currency })
  .meta({ description: 'What the goods cost without tax, shipping and discounts, in minor units' });
const code = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'Use letters, digits, _ and -, at most 64.');
const key = z
  .string()
  .regex(/^[A-Za-z0-9._~-]{8,100}$/, 'Use the key as it was given: 8 to 100 letters, digits, . _ ~ and -.');

const line = z.strictObject({
  productId: text.optional(),
  categoryIds: z.array(text).max(50).default([]),
  title: z.string().max(LONGEST_TITLE).default(''),
  quantity: z.int().min(1).max(1_000_000).default(1),
  amount: units.meta({ description: 'Of all units, as in `amount`; together the lines are the amount' }),
});

/** Who sent the buyer, as far as the shop knows. */
export const evidence = {
  code: code.nullish().meta({ description: "The affiliate's code" }),
  touchId: key.nullish(),
  visitorKey: key.nullish(),
};
const what = {
  kind: z.enum(CONVERSION_KINDS),
  externalId: text.meta({ description: 'What the shop calls it; the same id is the same conversion' }),
  amount: amount.optional(),
};

/** `POST /api/v1/conversions`: the whole state of a conversion, never a difference. */
export const newConversion = z
  .strictObject({
    storeId: id,
    ...what,
    ...evidence,
    lines: z.array(line).min(1).max(500).optional(),
    coupon: text.optional(),
    occurredAt: momentInput.optional().meta({ description: 'When it was made; now when left out' }),
    updatedAt: momentInput.optional(),
    sequence: z.int().min(0).optional().meta({ description: 'A correction carries a higher one' }),
    status: z.enum(['open', 'cancelled']).default('open'),
    paid: z
      .boolean()
      .optional()
      .meta({ description: 'True confirms it; left out: as told before, at first not paid' }),
    customer: z
      .strictObject({ id: text.optional(), email: z.string().max(500).optional() })
      .optional()
      .meta({ description: 'Hashed at once; nothing of it is kept' }),
  })
  .superRefine(requireAmount)
  .superRefine(({ amount: total, lines }, context) => {
    const added = sum((lines ?? []).map((each) => each.amount));
    if (!lines || added === total?.amount) return;
    context.addIssue({
      code: 'custom',
      path: ['lines'],
      message: `Together they are ${added}, not the amount.`,
    });
  })
  .meta({
    example: { kind: 'sale', externalId: '1001', amount: { amount: 4500, currency: 'EUR' }, code: 'anna' },
  });
export type NewConversion = z.output<typeof newConversion>;

/** `POST /collect/v1/conversions`: what a page of the shop tells. */
export const pixelConversion = z
  .object({ storeKey: text, ...what, ...evidence, consent: z.boolean() })
  .superRefine(requireAmount);
export type PixelConversion = z.output<typeof pixelConversion>;

/** S5: a sale has an amount. A lead sells nothing; its amount, if any, is 0 and names a currency. */
export function requireAmount(
  { kind, amount: told }: { kind: string; amount?: { amount: bigint } | undefined },
  context: z.RefinementCtx,
): void {
  const issue = (message: string) => context.addIssue({ code: 'custom', path: ['amount'], message });
  if (kind === 'sale' && !told) issue('A sale has an amount, e.g. { "amount": 4500, "currency": "EUR" }.');
  if (kind === 'lead' && told && told.amount !== 0n) issue('A lead sells nothing: leave the amount out.');
}
