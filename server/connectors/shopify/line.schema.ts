import { z } from 'zod';

/** Numbers reach the schemas as text, see parse-body.ts. */
export const id = z.string().regex(/^\d{1,20}$/, 'is not an id');
export const count = z
  .string()
  .regex(/^\d{1,9}$/, 'is not a count')
  .transform((text) => parseInt(text, 10));
export const amount = z.string().regex(/^-?\d{1,15}(\.\d{1,12})?$/, 'is not a decimal amount');
export const currency = z.string().regex(/^[A-Z]{3}$/, 'is not a currency code');
export const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const money = z.object({ amount, currency_code: currency });

/** The same amount in the shop's currency and in the buyer's. Bodies from before 2019 have none. */
export const moneySet = z.object({ shop_money: money, presentment_money: money.optional() }).nullish();
export type MoneySet = z.infer<typeof moneySet>;

export const discountAllocations = z.array(z.object({ amount, amount_set: moneySet }));
export const taxLines = z
  .array(z.object({ price: amount, price_set: moneySet, rate: z.string().nullish() }))
  .default([]);

export const lineSchema = z.object({
  id,
  product_id: id.nullish(),
  title: z.string(),
  quantity: count,
  current_quantity: count.optional(),
  price: amount,
  price_set: moneySet,
  gift_card: z.boolean().default(false),
  discount_allocations: discountAllocations.optional(),
  tax_lines: taxLines,
  /** Carriers of evidence only: in another shape they are passed over, and the order still counts. */
  properties: z
    .array(z.object({ name: z.string(), value: z.unknown() }))
    .nullish()
    .catch(null),
  /** Only a tip has this member, and there it may be null. */
  tip_payment_gateway: z.unknown().optional(),
});

export type LineBody = z.infer<typeof lineSchema>;
