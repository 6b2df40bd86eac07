import { z } from 'zod';
import { randomToken } from '../../platform/crypto/index.ts';
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
import type { ReceiveDelivery } from '../../shared/delivery.ts';
import { DomainError } from '../../shared/errors.ts';
import type { FindStore } from '../../shared/store-connection.ts';
import { nameDelivery } from '../../shared/name-delivery.ts';
import { parseBody } from './parse-body.ts';
import { translateDelivery } from './translate-delivery.ts';
import { verifyWebhook } from './verify-webhook.ts';

const PATH = '/hooks/v1/shopify';
const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/** Nobody knows it: a shop that is not connected here is refused as a bad signature is, and as slowly. */
const DECOY_SECRET = randomToken();

interface ShopifyRouteDeps {
  findStore: Pick<FindStore, 'byShopifyDomain'>;
  isInboxFull(): boolean;
  receiveDelivery: ReceiveDelivery;
  clock: Clock;
  log: Log;
}

/** What the API's documentation says of the hook. */
export const shopifyRouteDescriptions: RouteDescription[] = [
  {
    method: 'post',
    path: PATH,
    summary: 'Takes a webhook of Shopify, signed in X-Shopify-Hmac-Sha256 over the raw body.',
    access: 'public',
    headers: z.object({ 'X-Shopify-Hmac-Sha256': z.string() }),
    body: z.looseObject({}),
    response: z.object({ status: z.enum(['accepted', 'known', 'ignored']) }),
  },
];

/**
 * `POST /hooks/v1/shopify`: answers 200 `{ status }` once the delivery is durable, known already, or of no
 * consequence (shopify.md 6). The headers are not signed: they find the secret and the schema to check the
 * body with, and say nothing about the order.
 */
export function shopifyRoute(deps: ShopifyRouteDeps): AheadRoute {
  const { findStore, receiveDelivery, clock, log } = deps;
  const answer = async (request: AheadRequest): Promise<AheadAnswer> => {
    const body = await readSignedBody(request, PLATFORM_HOOK_LIMIT);
    const store = await findStore.byShopifyDomain(readShopDomain(request));
    const signature = readHeader(request, 'X-Shopify-Hmac-Sha256');
    verifyWebhook(body, signature, store?.webhookSecrets ?? [DECOY_SECRET]);
    if (!store) throw new Error('A body was signed with the decoy secret.');
    const delivery = translateDelivery(readTopic(request), parseBody(body));
    if (delivery.kind === 'nothing') log.info({ storeId: store.id, reason: delivery.reason }, 'hook ignored');
    else if (store.status === 'disconnected') throw disconnected();
    const { id: storeId, merchantId } = store;
    const key = nameDelivery(delivery, body, clock());
    const { kept } = await receiveDelivery({ merchantId, storeId, channel: 'webhook', key, delivery });
    const { status } = await kept;
    return answerJson(200, { status });
  };
  return { methods: ['POST'], path: PATH, isFull: deps.isInboxFull, answer };
}

function readShopDomain(request: AheadRequest): string {
  const domain = readHeader(request, 'X-Shopify-Shop-Domain')?.trim().toLowerCase() ?? '';
  if (SHOP_DOMAIN.test(domain)) return domain;
  throw badHeader('X-Shopify-Shop-Domain', "is not a shop's myshopify.com domain");
}

function readTopic(request: AheadRequest): string {
  const topic = readHeader(request, 'X-Shopify-Topic')?.trim().toLowerCase() ?? '';
  if (topic !== '') return topic;
  throw badHeader('X-Shopify-Topic', 'is missing');
}

function badHeader(path: string, message: string): DomainError {
  const help = 'Send the headers that Shopify sends with every webhook.';
  return new DomainError('invalid-input', 'A header is missing or wrong.', help, [{ path, message }]);
}

/** Privacy requests still come after a shop has left, and are answered: only what carries money is refused. */
function disconnected(): DomainError {
  return new DomainError('store-disconnected', 'The shop was disconnected.', 'Connect the shop again.');
}
