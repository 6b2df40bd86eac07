import type { Clock } from '../../shared/clock.ts';
import type { ReceiveDelivery } from '../../shared/delivery.ts';
import { pendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import type { InboxStore } from './inbox.store.ts';
import type { PrepareDelivery } from './prepare-delivery.ts';

export interface ReceiveDeliveryDeps {
  inbox: Pick<InboxStore, 'insert'>;
  prepareDelivery: PrepareDelivery;
  clock: Clock;
  newId: NewId;
  noteEvent: (merchantId: string, storeId: string) => Promise<void>;
  nudge: (collection: 'inbox') => void;
}

/**
 * Keeps what a store told about an order, once, and leaves `delivery.received`. Resolves when it is durable: one
 * write, however long later stages take. Repeats are known by their name and leave nothing.
 * @throws DomainError `invalid-input` for an absurd amount; TooMuchWaiting when nothing more can wait.
 */
export function createReceiveDelivery(deps: ReceiveDeliveryDeps): ReceiveDelivery {
  const { inbox, prepareDelivery, clock, newId, noteEvent, nudge } = deps;
  return async (received) => {
    const { merchantId, storeId, key, delivery } = received;
    await noteEvent(merchantId, storeId);
    if (delivery.kind === 'nothing') return { status: 'ignored', reason: delivery.reason };
    const prepared = await prepareDelivery({ ...received, delivery }, clock());
    const deliveryId = newId();
    const context = { id: newId(), now: prepared.receivedAt };
    const outcome = await inbox.insert({
      merchantId,
      _id: deliveryId,
      reference: `${storeId}/${key}`,
      prepared,
      expiresAt: null,
      pendingEvents: [pendingEvent('delivery.received', merchantId, { deliveryId }, context)],
    });
    if (outcome === 'duplicate') return { status: 'known' };
    nudge('inbox');
    return { status: 'accepted' };
  };
}
