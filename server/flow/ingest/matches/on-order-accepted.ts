import type { PendingEvent } from '../../../shared/events.ts';
import type { OrderStore } from '../order.store.ts';
import type { createJoinMatches } from './join-matches.ts';

/** Gives an order that names its checkout what pixels have told of it, before anybody decides on it. */
export function createOnOrderAccepted({
  orders,
  joinMatches,
}: {
  orders: Pick<OrderStore, 'byId'>;
  joinMatches: ReturnType<typeof createJoinMatches>;
}) {
  return async ({ merchantId, data }: PendingEvent<'order.accepted'>): Promise<void> => {
    const { orderId, checkoutHash } = data;
    if (!checkoutHash) return;
    const order = await orders.byId(merchantId, orderId);
    if (order) await joinMatches({ merchantId, storeId: order.storeId, checkoutHash });
  };
}
