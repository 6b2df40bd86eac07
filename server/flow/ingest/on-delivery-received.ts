import { DAY, type Clock } from '../../shared/clock.ts';
import { pendingEvent, type PendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import { applyDelivery, type StorableDelivery } from './apply-delivery.ts';
import { createParkedOrder } from './create-parked-order.ts';
import type { InboxDelivery } from './inbox.model.ts';
import type { InboxStore } from './inbox.store.ts';
import type { OrderStore } from './order.store.ts';

export interface OnDeliveryReceivedDeps {
  inbox: Pick<InboxStore, 'find' | 'keepName'>;
  orders: OrderStore;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'orders') => void;
}

/** How long a repeat is known by its name alone; afterwards its order knows it. */
const NAME_KEPT = 14 * DAY;

/**
 * Applies a delivery to its order as of its receipt, and leaves `order.accepted` when there is something to
 * decide on. The order knows what was applied to it, so that a second time changes nothing.
 */
export function createOnDeliveryReceived({ inbox, orders, clock, newId, nudge }: OnDeliveryReceivedDeps) {
  return async ({ merchantId, data }: PendingEvent<'delivery.received'>): Promise<void> => {
    const received = await inbox.find(merchantId, data.deliveryId);
    if (!received?.delivery) return;
    await untilSaved(() => applyOnce(received, received.delivery as StorableDelivery));
    await inbox.keepName(merchantId, received._id, new Date(clock().getTime() + NAME_KEPT));
  };

  async function applyOnce(
    { merchantId, storeId, channel, key, receivedAt, buyer = null }: InboxDelivery,
    delivery: StorableDelivery,
  ): Promise<{ saved: boolean; result: undefined }> {
    const externalId = delivery.kind === 'order' ? delivery.snapshot.externalId : delivery.orderExternalId;
    const name = { merchantId, storeId, externalId };
    const order = (await orders.find(name)) ?? createParkedOrder(name, newId(), receivedAt);
    const facts = { merchantId, storeId, channel, key, delivery, buyer };
    const outcome = applyDelivery(order, facts, receivedAt);
    if (outcome.known) return { saved: true, result: undefined };
    const context = { id: newId(), now: clock() };
    const events = outcome.changed
      ? [pendingEvent('order.accepted', merchantId, { orderId: order._id }, context)]
      : [];
    const saved = await orders.save(outcome.order, events);
    if (saved && events.length > 0) nudge('orders');
    return { saved, result: undefined };
  }
}
