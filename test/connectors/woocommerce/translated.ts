import { translateDelivery } from '../../../server/connectors/woocommerce/translate-delivery.ts';
import { translateRestOrder } from '../../../server/connectors/woocommerce/index.ts';
import type { Delivery } from '../../../server/shared/delivery.ts';
import type { OrderSnapshot, Refund } from '../../../server/shared/order.ts';
import { wooOrder } from '../../support/woocommerce-payloads.ts';

type OrderDelivery = Extract<Delivery, { kind: 'order' }>;

function expectOrder(delivery: Delivery): OrderDelivery {
  if (delivery.kind !== 'order') throw new Error(`no order but ${delivery.kind}`);
  return delivery;
}

export function translatedOrder(body: unknown): OrderDelivery {
  return expectOrder(translateDelivery('order.updated', body));
}

export function translatedSnapshot(body: unknown): OrderSnapshot {
  return translatedOrder(body).snapshot;
}

export function restSnapshot(order: unknown, refunds: unknown): OrderSnapshot {
  return expectOrder(translateRestOrder(order, refunds)).snapshot;
}

/** One refund of an ordinary order, read from REST. */
export function restRefund(refund: unknown, order: Record<string, unknown> = {}): Refund {
  const [first] = restSnapshot(wooOrder(order), [refund]).refunds;
  if (!first) throw new Error('no refund');
  return first;
}
