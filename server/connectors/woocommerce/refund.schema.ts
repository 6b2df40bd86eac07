import { z } from 'zod';
import { amount, id, meta, moment, units } from './order.schema.ts';

const part = z.object({ total: amount, total_tax: amount, meta_data: meta });
export type RefundPart = z.infer<typeof part>;

/** A refund as `orders/{id}/refunds` gives it: `amount` positive, the amounts and units of its parts negative. */
export const refundSchema = z.object({
  id,
  date_created_gmt: moment,
  amount,
  line_items: z.array(part.extend({ quantity: units })),
  shipping_lines: z.array(part).default([]),
  fee_lines: z.array(part).default([]),
});

export type RefundBody = z.infer<typeof refundSchema>;
