import pLimit from 'p-limit';
import { groupBy } from '../plan/group-by.ts';
import type { PlannedDelivery } from '../plan/month-plan.ts';
import type { ConnectedShop, TouchIdOf } from './connected-shop.ts';
import { buildShopifyWebhook } from './fake-shopify.ts';
import { buildSignedBatch, buildWooCommerceWebhook, LARGEST_BATCH } from './fake-woocommerce.ts';
import { postBatch, postWebhook, type DeliveryOutcome } from './post-hook.ts';

const AT_ONCE = 8;

export interface SendContext {
  serverUrl: string;
  shops: readonly ConnectedShop[];
  touchIdOf: TouchIdOf;
  now: Date;
}

/** A delivery with the server's answer. */
export type Delivered = PlannedDelivery & { outcome: DeliveryOutcome };

/**
 * Sends deliveries: a plugin in one batch, the webhooks of different orders side by side. Those of one
 * order keep their order.
 */
export async function sendDeliveries(
  deliveries: readonly PlannedDelivery[],
  context: SendContext,
): Promise<Delivered[]> {
  const limit = pLimit(AT_ONCE);
  const isBatched = ({ order }: PlannedDelivery): boolean => order.shop.channel === 'woocommerce-plugin';
  const byShop = groupBy(deliveries.filter(isBatched), ({ order }) => order.shop);
  const byOrder = groupBy(
    deliveries.filter((delivery) => !isBatched(delivery)),
    ({ order }) => order,
  );
  const work = [
    ...[...byShop.values()].map((events) => limit(() => sendEvents(events, context))),
    ...[...byOrder.values()].map((webhooks) => limit(() => sendWebhooks(webhooks, context))),
  ];
  return (await Promise.all(work)).flat();
}

/** Of one shop. */
async function sendEvents(events: PlannedDelivery[], context: SendContext): Promise<Delivered[]> {
  const sent: Delivered[] = [];
  for (let start = 0; start < events.length; start += LARGEST_BATCH) {
    const batch = events.slice(start, start + LARGEST_BATCH);
    const request = buildSignedBatch(batch, shopOf(batch[0], context), context.touchIdOf, context.now);
    const outcomes = await postBatch(context.serverUrl, request, batch.length);
    sent.push(...batch.map((event, index) => ({ ...event, outcome: outcomes[index] ?? UNANSWERED })));
  }
  return sent;
}

const UNANSWERED: DeliveryOutcome = { rejected: 'the answer says nothing of this event' };

/** Of one order. */
async function sendWebhooks(webhooks: PlannedDelivery[], context: SendContext): Promise<Delivered[]> {
  const sent: Delivered[] = [];
  for (const delivery of webhooks) {
    const build = delivery.order.shop.channel === 'shopify' ? buildShopifyWebhook : buildWooCommerceWebhook;
    const request = build(delivery, shopOf(delivery, context), context.touchIdOf);
    sent.push({ ...delivery, outcome: await postWebhook(context.serverUrl, request) });
  }
  return sent;
}

function shopOf(delivery: PlannedDelivery | undefined, { shops }: SendContext): ConnectedShop {
  const name = delivery?.order.shop.name;
  const found = shops.find(({ shop }) => shop.name === name);
  if (!found) throw new Error(`The shop ${name ?? ''} was not connected.`);
  return found;
}
