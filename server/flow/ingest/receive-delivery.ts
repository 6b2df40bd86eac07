import type { Clock } from '../../shared/clock.ts';
import type { AcceptResult, ReceiveDelivery } from '../../shared/delivery.ts';
import { pendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import type { InboxStore } from './inbox.store.ts';
import type { PrepareDelivery, PreparedDelivery } from './prepare-delivery.ts';

export interface ReceiveDeliveryDeps {
  inbox: Pick<InboxStore, 'insert'>;
  prepareDelivery: PrepareDelivery;
  clock: Clock;
  newId: NewId;
  noteEvent: (merchantId: string, storeId: string) => Promise<void>;
  nudge: (collection: 'inbox') => void;
}

/**
 * Keeps what a store told about an order, once, and leaves `delivery.received`: one write, however long later stages
 * take. Repeats are known by their name and leave nothing.
 * @throws DomainError `invalid-input` for an absurd amount. `kept` fails with TooMuchWaiting when nothing more can
 * wait.
 */
export function createReceiveDelivery(deps: ReceiveDeliveryDeps): ReceiveDelivery {
  const { inbox, prepareDelivery, clock, newId, noteEvent, nudge } = deps;
  return async (received) => {
    const { merchantId, storeId, delivery } = received;
    // What we read ourselves says nothing of whether the store still tells us.
    if (received.channel !== 'store-api') await noteEvent(merchantId, storeId);
    if (delivery.kind === 'nothing') {
      return { kept: Promise.resolve({ status: 'ignored', reason: delivery.reason }) };
    }
    const kept = keep(await prepareDelivery({ ...received, delivery }, clock()));
    // Who awaits it hears of a failure; who failed at another event of the batch is not to die of this one.
    kept.catch(() => undefined);
    return { kept };
  };

  async function keep(prepared: PreparedDelivery): Promise<AcceptResult> {
    const { merchantId, storeId, key } = prepared;
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
  }
}
