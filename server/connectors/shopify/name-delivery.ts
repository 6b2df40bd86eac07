import type { Delivery } from '../../shared/delivery.ts';
import { contentHash } from '../../shared/hash.ts';

/**
 * The idempotency key of a delivery: kind, external id, updated-at and SHA-256 of the raw body. Made from
 * what is signed only: Shopify's delivery headers are not, and the id of an event spans several bodies.
 */
export function nameDelivery(delivery: Delivery, rawBody: Uint8Array): string {
  return [delivery.kind, ...nameFact(delivery), contentHash(rawBody)].join(':');
}

function nameFact(delivery: Delivery): string[] {
  switch (delivery.kind) {
    case 'order':
      return [delivery.snapshot.externalId, delivery.snapshot.updatedAt.toISOString()];
    case 'refund':
      return [delivery.refund.id, delivery.updatedAt.toISOString()];
    case 'removal':
      return [delivery.orderExternalId, delivery.updatedAt.toISOString()];
    case 'read-request':
      return [delivery.orderExternalId];
    case 'nothing':
      return [];
  }
}
