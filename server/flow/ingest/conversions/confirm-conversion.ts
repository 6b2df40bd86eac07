import { untilSaved } from '../../../platform/mongo/index.ts';
import type { Clock } from '../../../shared/clock.ts';
import { pendingEvent } from '../../../shared/events.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { Order } from '../order.model.ts';
import type { OrderStore } from '../order.store.ts';
import { conversionOrThrow } from './conversion-or-throw.ts';
import { markConfirmed } from './mark-confirmed.ts';

export interface ConfirmConversionDeps {
  orders: Pick<OrderStore, 'byId' | 'save'>;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'orders') => void;
}

/**
 * The merchant's word that a conversion is real and paid; its hold begins.
 * @throws DomainError `not-found`, or `impossible` when it was cancelled or told to be unpaid.
 */
export function createConfirmConversion(deps: ConfirmConversionDeps) {
  const { orders, clock, newId, nudge } = deps;
  return (merchantId: string, id: string, by: string): Promise<Order> =>
    untilSaved(async () => {
      const order = await conversionOrThrow(orders, merchantId, id);
      const now = clock();
      const next = markConfirmed(order, by, now);
      if (next === order) return { saved: true, result: order };
      const event = pendingEvent('order.accepted', merchantId, { orderId: id }, { id: newId(), now });
      const saved = await orders.save(next, [event]);
      if (saved) nudge('orders');
      return { saved, result: next };
    });
}
