import { z } from 'zod';

export const id = z.int().nonnegative().transform(String);
/** WooCommerce writes amounts as strings; its floats (`price`) carry noise and are never read. */
export const amount = z.string().regex(/^-?\d{1,15}(\.\d{1,12})?$/, 'is not a decimal amount');
const currency = z.string().regex(/^[A-Z]{3}$/, 'is not a currency code');
/** The `_gmt` members: UTC without saying so. */
export const moment = z.iso
  .datetime({ local: true })
  .transform((text) => new Date(text.endsWith('Z') ? text : `${text}Z`));
/** Weights and lengths are sold in fractions; the line's amount is right all the same. */
export const units = z.number().transform((quantity) => Math.round(Math.abs(quantity)));

/** Evidence only: plugins write all kinds of things there, and none is worth a lost order. */
export const meta = z
  .array(z.object({ key: z.string(), value: z.unknown().optional() }).catch({ key: '' }))
  .catch([]);

const address = z.object({
  address_1: z.string().nullish(),
  address_2: z.string().nullish(),
  city: z.string().nullish(),
  postcode: z.string().nullish(),
  country: z.string().nullish(),
  email: z.string().nullish(),
});

/** What we take of an order, as webhooks and REST v3 give it; plugins add members at will. */
export const orderSchema = z.object({
  id,
  number: z.string(),
  status: z.string(),
  currency,
  date_created_gmt: moment,
  date_modified_gmt: moment.nullish(),
  date_paid_gmt: moment.nullish(),
  date_completed_gmt: moment.nullish(),
  customer_id: id,
  billing: address,
  shipping: address.nullish(),
  meta_data: meta,
  line_items: z.array(
    z.object({
      id,
      name: z.string(),
      product_id: id,
      quantity: units,
      subtotal: amount,
      total: amount,
      total_tax: amount,
    }),
  ),
  fee_lines: z.array(z.object({ id, total: amount, total_tax: amount })),
  shipping_lines: z.array(z.object({ total: amount, total_tax: amount })).default([]),
  coupon_lines: z.array(z.object({ code: z.string() })),
  refunds: z.array(z.object({ id, total: amount })),
});

export type OrderBody = z.infer<typeof orderSchema>;
