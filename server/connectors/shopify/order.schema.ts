import { z } from 'zod';
import { refundSchema } from './refund.schema.ts';
import {
  amount,
  currency,
  discountAllocations,
  id,
  lineSchema,
  moment,
  moneySet,
  taxLines,
} from './line.schema.ts';

const address = z.object({
  address1: z.string().nullish(),
  address2: z.string().nullish(),
  city: z.string().nullish(),
  zip: z.string().nullish(),
  country_code: z.string().nullish(),
});

/** What we take of an order body; Shopify sends far more, and adds to it with every version. */
export const orderSchema = z.object({
  id,
  name: z.string(),
  currency,
  created_at: moment,
  updated_at: moment,
  cancelled_at: moment.nullish(),
  financial_status: z.string().nullish(),
  test: z.boolean().default(false),
  taxes_included: z.boolean(),
  line_items: z.array(lineSchema),
  total_discounts: amount.nullish(),
  shipping_lines: z
    .array(
      z.object({
        price: amount,
        price_set: moneySet,
        discount_allocations: discountAllocations.default([]),
        tax_lines: taxLines,
        is_removed: z.boolean().nullish(),
      }),
    )
    .default([]),
  fulfillment_status: z.string().nullish().catch(null),
  fulfillments: z.array(z.object({ status: z.string().nullish(), created_at: moment })).catch([]),
  refunds: z.array(refundSchema).default([]),
  discount_codes: z.array(z.object({ code: z.string() })).default([]),
  // Evidence only: apps write all kinds of things there, and none is worth a lost order.
  discount_applications: z.array(z.object({ type: z.string(), code: z.string().nullish() })).catch([]),
  note_attributes: z
    .array(z.object({ name: z.string(), value: z.unknown() }).catch({ name: '', value: null }))
    .catch([]),
  landing_site: z.string().nullish().catch(null),
  source_name: z.string().nullish().catch(null),
  checkout_token: z.string().max(200).nullish().catch(null),
  email: z.string().nullish(),
  customer: z.object({ id: id.nullish(), email: z.string().nullish() }).nullish(),
  billing_address: address.nullish(),
  shipping_address: address.nullish(),
});

export type OrderBody = z.infer<typeof orderSchema>;
