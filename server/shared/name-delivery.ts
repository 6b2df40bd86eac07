import type { Delivery } from './delivery.ts';
import { contentHash } from './hash.ts';

/**
 * The idempotency key of a platform's delivery: kind, external id, updated-at and SHA-256 of the raw body. Made
 * from what is signed only: Shopify's delivery headers are not, and WooCommerce's ids are not even unique.
 *
 * A request to read has no date of its own: trash, restore and trash again send the same bytes, and so do
 * two refunds of one order. It asks and states nothing, so a repeat may ask again: our receipt dates it.
 */
export function nameDelivery(delivery: Delivery, rawBody: Uint8Array, receivedAt: Date): string {
  return [delivery.kind, ...nameFact(delivery, receivedAt), contentHash(rawBody)].join(':');
}

function nameFact(delivery: Delivery, receivedAt: Date): string[] {
  switch (delivery.kind) {
    case 'order':
      return [delivery.snapshot.externalId, delivery.snapshot.updatedAt.toISOString()];
    case 'refund':
      return [delivery.refund.id, delivery.updatedAt.toISOString()];
    case 'removal':
      return [delivery.orderExternalId, delivery.updatedAt.toISOString()];
    case 'read-request':
      return [delivery.orderExternalId, receivedAt.toISOString()];
    case 'nothing':
      return [];
  }
}
