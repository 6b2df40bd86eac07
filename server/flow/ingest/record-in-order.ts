import type { Clock } from '../../shared/clock.ts';
import { pendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import { applyDelivery } from './apply-delivery.ts';
import { createParkedOrder } from './create-parked-order.ts';
import type { Order } from './order.model.ts';
import type { OrderStore } from './order.store.ts';
import type { PreparedDelivery } from './prepare-delivery.ts';

export interface RecordInOrderDeps {
  orders: OrderStore;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'orders') => void;
}

export type RecordInOrder = ReturnType<typeof createRecordInOrder>;

/**
 * Applies a delivery to its order as of its receipt, and leaves `order.accepted` when there is something to
 * decide on. The order knows what was applied to it, so that a second time changes nothing.
 */
export function createRecordInOrder({ orders, clock, newId, nudge }: RecordInOrderDeps) {
  return (prepared: PreparedDelivery): Promise<'accepted' | 'known'> => {
    const { merchantId, storeId, delivery, receivedAt } = prepared;
    const externalId = delivery.kind === 'order' ? delivery.snapshot.externalId : delivery.orderExternalId;
    const name = { merchantId, storeId, externalId };
    return untilSaved<'accepted' | 'known'>(async () => {
      const order = (await orders.find(name)) ?? createParkedOrder(name, newId(), receivedAt);
      const outcome = applyDelivery(order, prepared, receivedAt);
      if (outcome.known) return { saved: true, result: 'known' };
      const context = { id: newId(), now: clock() };
      const events = outcome.changed
        ? [pendingEvent('order.accepted', merchantId, describeOrder(outcome.order), context)]
        : [];
      const saved = await orders.save(outcome.order, events);
      if (saved && events.length > 0) nudge('orders');
      return { saved, result: 'accepted' };
    });
  };
}

/** Only what there is: most orders name no checkout. */
const describeOrder = ({ _id: orderId, checkoutHash }: Order) => ({
  orderId,
  ...(checkoutHash && { checkoutHash }),
});
