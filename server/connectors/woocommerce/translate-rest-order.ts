import { z } from 'zod';
import type { Delivery } from '../../shared/delivery.ts';
import { checkShape } from '../../platform/http/index.ts';
import { refundSchema } from './refund.schema.ts';
import { translateOrderBody } from './translate-order-body.ts';

/**
 * An order as the store's REST API gives it, with every refund's lines (woocommerce.md 7 and 8).
 * @param order the answer of `orders/{id}`, read with `dp` = the decimals of the order's currency
 * @param refunds the answer of `orders/{id}/refunds`, read likewise
 * @throws DomainError invalid-input when one of them has another shape
 */
export function translateRestOrder(order: unknown, refunds: unknown): Delivery {
  return translateOrderBody(order, checkShape(z.array(refundSchema), refunds));
}
