import type { Delivery } from '../../shared/delivery.ts';
import { checkShape } from '../../platform/http/index.ts';
import { amountReader } from './read-amount.ts';
import { refundSchema } from './refund.schema.ts';
import { translateRefund } from './translate-refund.ts';

/**
 * A refund as REST gives it by itself, to be merged by its id (S6).
 * @param order what the refund does not say of itself: its order and the currency of its amounts
 * @throws DomainError invalid-input when it has another shape
 */
export function translateLoneRefund(
  body: unknown,
  order: { externalId: string; currency: string },
): Extract<Delivery, { kind: 'refund' }> {
  const refund = translateRefund(checkShape(refundSchema, body), amountReader(order.currency));
  return { kind: 'refund', orderExternalId: order.externalId, refund, updatedAt: refund.createdAt };
}
