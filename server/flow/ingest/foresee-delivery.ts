import type { OrderSnapshot } from '../../shared/order.ts';
import type { Foresight } from '../../shared/store-orders.ts';
import { applyDelivery } from './apply-delivery.ts';
import { createParkedOrder } from './create-parked-order.ts';
import { deriveCurrentOrder } from './derive-current-order.ts';
import type { Order } from './order.model.ts';
import type { PreparedDelivery } from './prepare-delivery.ts';

/** What a delivery would bring (S6). Pure; one that came before is looked at as if it were new. */
export function foreseeDelivery(order: Order | undefined, prepared: PreparedDelivery): Foresight {
  const { delivery, receivedAt, merchantId, storeId } = prepared;
  const externalId = delivery.kind === 'order' ? delivery.snapshot.externalId : delivery.orderExternalId;
  const before = order ?? createParkedOrder({ merchantId, storeId, externalId }, 'foreseen', receivedAt);
  const outcome = applyDelivery(before, { ...prepared, key: `${prepared.key}:foreseen` }, receivedAt);
  const after = outcome.known ? before : outcome.order;
  const [was, is] = [deriveCurrentOrder(before), deriveCurrentOrder(after)];
  return {
    known: was !== undefined,
    heard: before.deliveries.some(({ channel }) => channel !== 'store-api'),
    changes: after.versions.length > before.versions.length,
    refundsMissed: countNewRefunds(was, is),
    removalMissed: was?.removed === false && is?.removed === true,
  };
}

function countNewRefunds(was: OrderSnapshot | undefined, is: OrderSnapshot | undefined): number {
  const detailed = (order: OrderSnapshot | undefined) =>
    order?.refunds.filter(({ totalOnly }) => !totalOnly) ?? [];
  const had = new Set(detailed(was).map(({ id }) => id));
  return detailed(is).filter(({ id }) => !had.has(id)).length;
}
