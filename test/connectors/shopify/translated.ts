import { translateDelivery } from '../../../server/connectors/shopify/translate-delivery.ts';
import { parseBody } from '../../../server/connectors/shopify/parse-body.ts';
import type { Delivery } from '../../../server/shared/delivery.ts';
import type { OrderSnapshot, Refund } from '../../../server/shared/order.ts';

/** What a body means under a topic, after the way every hook takes: bytes, parsing, translation. */
export function translated(topic: string, body: unknown): Delivery {
  return translateDelivery(topic, parseBody(Buffer.from(JSON.stringify(body))));
}

export function translatedOrder(body: unknown): Extract<Delivery, { kind: 'order' }> {
  const delivery = translated('orders/updated', body);
  if (delivery.kind !== 'order') throw new Error(`no order but ${delivery.kind}`);
  return delivery;
}

export function translatedSnapshot(body: unknown): OrderSnapshot {
  return translatedOrder(body).snapshot;
}

export function translatedRefund(body: unknown): Refund {
  const delivery = translated('refunds/create', body);
  if (delivery.kind !== 'refund') throw new Error(`no refund but ${delivery.kind}`);
  return delivery.refund;
}
