import { z } from 'zod';
import { amount, count, currency, id, lineSchema, moment, moneySet } from './line.schema.ts';

/** A refund, alone under refunds/create or inside an order. */
export const refundSchema = z.object({
  id,
  order_id: id,
  created_at: moment,
  refund_line_items: z.array(
    z.object({
      line_item_id: id,
      quantity: count,
      subtotal: amount,
      subtotal_set: moneySet,
      total_tax: amount,
      total_tax_set: moneySet,
      line_item: lineSchema.nullish(),
    }),
  ),
  order_adjustments: z
    .array(
      z.object({
        kind: z.string(),
        amount,
        amount_set: moneySet,
        tax_amount: amount,
        tax_amount_set: moneySet,
      }),
    )
    .default([]),
  transactions: z
    .array(z.object({ status: z.string(), kind: z.string(), amount, currency: currency.nullish() }))
    .default([]),
});

export type RefundBody = z.infer<typeof refundSchema>;
