import type { Clock } from '../../shared/clock.ts';
import type { ForeseeDelivery, Foresight } from '../../shared/store-orders.ts';
import { foreseeDelivery } from './foresee-delivery.ts';
import type { OrderStore } from './order.store.ts';
import type { PrepareDelivery } from './prepare-delivery.ts';

const NOTHING: Foresight = {
  known: true,
  heard: true,
  changes: false,
  refundsMissed: 0,
  removalMissed: false,
};

/** Loads the order of a delivery and says what it would bring. */
export function createForesee(deps: {
  orders: Pick<OrderStore, 'find'>;
  prepareDelivery: PrepareDelivery;
  clock: Clock;
}): ForeseeDelivery {
  const { orders, prepareDelivery, clock } = deps;
  return async (received) => {
    const { merchantId, storeId, delivery } = received;
    if (delivery.kind === 'nothing') return NOTHING;
    const externalId = delivery.kind === 'order' ? delivery.snapshot.externalId : delivery.orderExternalId;
    const order = await orders.find({ merchantId, storeId, externalId });
    return foreseeDelivery(order, await prepareDelivery({ ...received, delivery }, clock()));
  };
}
