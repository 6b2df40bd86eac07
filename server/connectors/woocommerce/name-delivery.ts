import type { Delivery } from '../../shared/delivery.ts';
import { contentHash } from '../../shared/hash.ts';

/**
 * The idempotency key of a delivery: kind, external id, modified-at and SHA-256 of the raw body, made from
 * what is signed only: delivery ids are not even unique (woocommerce.md 2.4).
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
