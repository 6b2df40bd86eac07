import { z } from 'zod';
import type { Delivery } from '../../shared/delivery.ts';
import { checkShape } from '../../platform/http/index.ts';
import { isRestError } from './is-rest-error.ts';
import { id } from './order.schema.ts';
import { translateOrderHook } from './translate-order-hook.ts';

/** The whole body: anything more is not a deletion. */
const deletionSchema = z.strictObject({ id });
const refundActionSchema = z.strictObject({ action: z.literal('woocommerce_order_refunded'), arg: id });

/**
 * A verified body as what it means to us (woocommerce.md 2). The topic is not signed, so every schema checks
 * that the body fits it.
 * @param topic the header X-WC-Webhook-Topic, e.g. `order.updated`
 * @throws DomainError invalid-input when the body does not fit its topic
 */
export function translateDelivery(topic: string, body: unknown): Delivery {
  if (isRestError(body)) return { kind: 'nothing', reason: "the webhook's owner may not read orders" };
  switch (topic) {
    case 'order.created':
    case 'order.updated':
    case 'order.restored':
      return translateOrderHook(body);
    case 'order.deleted':
      return readRequest(checkShape(deletionSchema, body).id, 'the order was put into the trash');
    case 'action.woocommerce_order_refunded':
      return readRequest(checkShape(refundActionSchema, body).arg, 'the order was refunded');
    default:
      return { kind: 'nothing', reason: 'a topic that carries no order' };
  }
}

function readRequest(orderExternalId: string, reason: string): Delivery {
  return { kind: 'read-request', orderExternalId, reason };
}
