import { z } from 'zod';

const restErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  data: z.object({ status: z.number() }),
});

/**
 * True for an error of WooCommerce's REST API. Where a webhook's owner lost the right to read orders, the
 * shop signs and sends one in place of every order (woocommerce.md 2.10).
 */
export function isRestError(body: unknown): boolean {
  return restErrorSchema.safeParse(body).success;
}
