import { createHmac } from 'node:crypto';
import { SECOND } from '../../shared/clock.ts';
import type { PlannedDelivery } from '../plan/month-plan.ts';
import { buildSignedEvent } from './build-signed-event.ts';
import { buildWooCommerceOrder } from './build-woocommerce-order.ts';
import type { ConnectedShop, HookRequest, TouchIdOf } from './connected-shop.ts';

/** The most events that one batch may hold (api: hooks/v1/events). */
export const LARGEST_BATCH = 50;

/**
 * A batch of events as our plugin sends it, signed as a Standard Webhook.
 * @param sentAt part of the signature, which holds for five minutes
 * @throws RangeError for more than LARGEST_BATCH deliveries
 */
export function buildSignedBatch(
  deliveries: readonly PlannedDelivery[],
  connected: ConnectedShop,
  touchIdOf: TouchIdOf,
  sentAt: Date,
): HookRequest {
  if (deliveries.length > LARGEST_BATCH)
    throw new RangeError(`A batch holds at most ${LARGEST_BATCH} events.`);
  const body = JSON.stringify({
    events: deliveries.map((delivery) => buildSignedEvent(delivery, touchIdOf)),
  });
  const [first] = deliveries;
  const id = `msg_${first?.order.number ?? 0}_${sentAt.getTime()}`;
  const timestamp = String(Math.floor(sentAt.getTime() / SECOND));
  const key = Buffer.from(connected.eventSecret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    path: `/hooks/v1/events/${connected.storeId}`,
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
}

/** A core webhook of a shop without our plugin; its JSON has escaped slashes (woocommerce.md 2). */
export function buildWooCommerceWebhook(
  { order, stage, topic }: PlannedDelivery,
  connected: ConnectedShop,
  touchIdOf: TouchIdOf,
): HookRequest {
  const body = JSON.stringify(buildWooCommerceOrder(order, stage, touchIdOf)).replaceAll('/', '\\/');
  return {
    path: `/hooks/v1/woocommerce/${connected.storeId}`,
    headers: {
      'Content-Type': 'application/json',
      'X-WC-Webhook-Source': `https://${connected.shop.domain}/`,
      'X-WC-Webhook-Topic': topic,
      'X-WC-Webhook-Resource': 'order',
      'X-WC-Webhook-Event': topic.replace('order.', ''),
      'X-WC-Webhook-Signature': createHmac('sha256', connected.webhookSecret).update(body).digest('base64'),
      'X-WC-Webhook-ID': '1',
      'X-WC-Webhook-Delivery-ID': String(order.number),
    },
    body,
  };
}
