import { z } from 'zod';
import type { Delivery } from '../../shared/delivery.ts';
import { checkShape } from '../../platform/http/index.ts';
import { collectOrderEvidence } from './collect-order-evidence.ts';
import { describeBuyer } from './describe-buyer.ts';
import { id } from './line.schema.ts';
import { orderSchema } from './order.schema.ts';
import { refundSchema } from './refund.schema.ts';
import { translateLoneRefund } from './translate-lone-refund.ts';
import { translateOrder } from './translate-order.ts';

/** What a body of each topic means. The topic is not signed, so every schema checks that the body fits. */
const TOPICS: Readonly<Record<string, (body: unknown) => Delivery>> = {
  'orders/create': translateOrderBody,
  'orders/updated': translateOrderBody,
  'orders/paid': translateOrderBody,
  'orders/partially_paid': translateOrderBody,
  'orders/cancelled': translateOrderBody,
  'orders/fulfilled': translateOrderBody,
  'orders/partially_fulfilled': translateOrderBody,
  'refunds/create': (body) => translateLoneRefund(checkShape(refundSchema, body)),
  'orders/edited': (body) => {
    const { order_edit: edit } = checkShape(editSchema, body);
    return { kind: 'read-request', orderExternalId: edit.order_id, reason: 'the order was edited' };
  },
  'orders/delete': (body) => {
    const { id: orderExternalId } = checkShape(deletionSchema, body);
    return { kind: 'read-request', orderExternalId, reason: 'the order was deleted' };
  },
  'order_transactions/create': translateTransaction,
  'customers/data_request': nothing('a privacy request: no name, address or e-mail of a buyer is stored'),
  'customers/redact': nothing('a privacy request: no name, address or e-mail of a buyer is stored'),
  'shop/redact': nothing('a privacy request: no name, address or e-mail of a buyer is stored'),
  'app/uninstalled': nothing('the app was uninstalled'),
  'app/scopes_update': nothing("the app's permissions changed"),
  'shop/update': nothing("the shop's settings changed"),
};

const editSchema = z.object({ order_edit: z.object({ order_id: id }) });

/** The whole body of orders/delete: an order under this topic is no deletion. */
const deletionSchema = z.strictObject({ id });

const transactionSchema = z.object({ order_id: id, kind: z.string(), status: z.string() });

/**
 * A verified body as what it means to us (shopify.md 6).
 * @param topic the header X-Shopify-Topic, e.g. `orders/updated`
 * @param body as parseBody reads it
 * @throws DomainError invalid-input when the body does not fit its topic
 */
export function translateDelivery(topic: string, body: unknown): Delivery {
  const translate = Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined;
  return translate?.(body) ?? { kind: 'nothing', reason: 'a topic that carries no order' };
}

function translateOrderBody(body: unknown): Delivery {
  const order = checkShape(orderSchema, body);
  return {
    kind: 'order',
    snapshot: translateOrder(order),
    evidence: collectOrderEvidence(order),
    buyer: describeBuyer(order),
    sequence: null,
    checkoutToken: order.checkout_token ?? null,
  };
}

/** Payments arrive with their order. A refund's money may fail long after the refund was made (S6). */
function translateTransaction(body: unknown): Delivery {
  const { order_id: orderExternalId, kind } = checkShape(transactionSchema, body);
  if (kind !== 'refund') return { kind: 'nothing', reason: 'a payment, which its order tells as well' };
  return { kind: 'read-request', orderExternalId, reason: "a refund's money moved" };
}

function nothing(reason: string): () => Delivery {
  return () => ({ kind: 'nothing', reason });
}
