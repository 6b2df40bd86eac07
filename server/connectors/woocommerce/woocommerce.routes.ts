import { z } from 'zod';
import {
  PLATFORM_HOOK_LIMIT,
  answerJson,
  readHeader,
  readSignedBody,
  type AheadAnswer,
  type AheadRequest,
  type AheadRoute,
  type RouteDescription,
} from '../../platform/http/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Clock } from '../../shared/clock.ts';
import type { ReceiveDelivery, Delivery } from '../../shared/delivery.ts';
import { DomainError, notFound } from '../../shared/errors.ts';
import type { FindStore } from '../../shared/store-connection.ts';
import { isCreationPing } from './is-creation-ping.ts';
import { isRestError } from './is-rest-error.ts';
import { nameDelivery } from '../../shared/name-delivery.ts';
import { parseBody } from './parse-body.ts';
import { translateDelivery } from './translate-delivery.ts';
import { verifyWebhook } from './verify-webhook.ts';

const PATH = '/hooks/v1/woocommerce/:storeId';

interface WooCommerceRouteDeps {
  findStore: Pick<FindStore, 'byId'>;
  isInboxFull(): boolean;
  receiveDelivery: ReceiveDelivery;
  clock: Clock;
  log: Log;
}

/** What the API's documentation says of the hook. */
export const wooCommerceRouteDescriptions: RouteDescription[] = [
  {
    method: 'post',
    path: PATH,
    summary: 'Takes a core webhook of WooCommerce, signed in X-WC-Webhook-Signature over the raw body.',
    access: 'public',
    headers: z.object({ 'X-WC-Webhook-Signature': z.string() }),
    body: z.looseObject({}),
    params: z.object({ storeId: z.string() }),
    response: z.object({ status: z.enum(['accepted', 'known', 'ignored']) }),
  },
];

/**
 * `POST /hooks/v1/woocommerce/:storeId`: answers 200 `{ status }` once the delivery is durable, known
 * already, or of no consequence (woocommerce.md 2). Nothing of an unsigned request is stored.
 */
export function wooCommerceRoute(deps: WooCommerceRouteDeps): AheadRoute {
  const answer = async (request: AheadRequest): Promise<AheadAnswer> => {
    const body = await readSignedBody(request, PLATFORM_HOOK_LIMIT);
    const signature = readHeader(request, 'X-WC-Webhook-Signature');
    if (isCreationPing(signature, body)) return answerJson(200, { status: 'ignored' });
    const store = await deps.findStore.byId(request.name);
    if (store?.platform !== 'woocommerce') throw notFound('The store');
    verifyWebhook(body, signature, store.webhookSecrets);
    if (store.status === 'disconnected') throw disconnected();
    const delivery = readDelivery(readTopic(request), parseBody(body), { storeId: store.id, log: deps.log });
    const { id: storeId, merchantId } = store;
    const key = nameDelivery(delivery, body, deps.clock());
    const { kept } = await deps.receiveDelivery({ merchantId, storeId, channel: 'webhook', key, delivery });
    const { status } = await kept;
    return answerJson(200, { status });
  };
  return { methods: ['POST'], path: PATH, isFull: deps.isInboxFull, answer };
}

/** A webhook whose owner lost their rights brings nothing any more, and only this line tells. */
function readDelivery(
  topic: string,
  body: unknown,
  { storeId, log }: { storeId: string; log: Log },
): Delivery {
  const delivery = translateDelivery(topic, body);
  if (delivery.kind !== 'nothing') return delivery;
  log[isRestError(body) ? 'warn' : 'info']({ storeId, reason: delivery.reason }, 'hook ignored');
  return delivery;
}

function readTopic(request: AheadRequest): string {
  const topic = readHeader(request, 'X-WC-Webhook-Topic')?.trim() ?? '';
  if (topic !== '') return topic;
  const help = 'Send the headers that WooCommerce sends with every webhook.';
  const issues = [{ path: 'X-WC-Webhook-Topic', message: 'is missing' }];
  throw new DomainError('invalid-input', 'A header is missing.', help, issues);
}

function disconnected(): DomainError {
  const help = 'Connect the store again, or delete the webhook in WooCommerce.';
  return new DomainError('store-disconnected', 'The store was disconnected.', help);
}
