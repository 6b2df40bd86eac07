import { createHmac } from 'node:crypto';
import type { PlannedDelivery } from '../plan/month-plan.ts';
import { momentOf, refundOf } from '../plan/order-facts.ts';
import { buildShopifyOrder } from './build-shopify-order.ts';
import { buildShopifyRefund } from './build-shopify-refund.ts';
import type { ConnectedShop, HookRequest, TouchIdOf } from './connected-shop.ts';

/**
 * A webhook as Shopify sends it: only the body is signed, and a repeat has the same bytes (shopify.md 6).
 * All topics of one merchant action share the event id.
 */
export function buildShopifyWebhook(
  delivery: PlannedDelivery,
  connected: ConnectedShop,
  touchIdOf: TouchIdOf,
): HookRequest {
  const { order, stage, topic } = delivery;
  const body = JSON.stringify(buildBody(delivery, touchIdOf));
  return {
    path: '/hooks/v1/shopify',
    headers: {
      'Content-Type': 'application/json',
      'X-Shopify-Topic': topic,
      'X-Shopify-Hmac-Sha256': createHmac('sha256', connected.webhookSecret).update(body).digest('base64'),
      'X-Shopify-Shop-Domain': connected.shop.domain,
      'X-Shopify-API-Version': '2026-10',
      'X-Shopify-Webhook-Id': `${order.externalId}-${topic}`,
      'X-Shopify-Event-Id': `${order.externalId}-${stage}`,
      'X-Shopify-Triggered-At': momentOf(order, stage).toISOString(),
    },
    body,
  };
}

function buildBody({ order, stage, topic }: PlannedDelivery, touchIdOf: TouchIdOf): object {
  const refund = refundOf(order);
  if (topic === 'refunds/create' && refund) return buildShopifyRefund(refund, order);
  return buildShopifyOrder(order, stage, touchIdOf);
}
