import { untilSaved } from '../../../platform/mongo/index.ts';
import type { Clock } from '../../../shared/clock.ts';
import { pendingEvent } from '../../../shared/events.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { OrderStore } from '../order.store.ts';
import { applyMatches } from './apply-matches.ts';
import type { CheckoutRef, MatchStore } from './match.store.ts';

export interface JoinMatchesDeps {
  orders: Pick<OrderStore, 'byCheckout' | 'save'>;
  matches: MatchStore;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'orders') => void;
}

/**
 * Adds what pixels told of a checkout to its order, once there are both. Whoever writes a match or an order looks
 * for the other one afterwards, so that one of the two finds it, whichever comes first.
 */
export function createJoinMatches({ orders, matches, clock, newId, nudge }: JoinMatchesDeps) {
  return (checkout: CheckoutRef): Promise<void> =>
    untilSaved(async () => {
      const order = await orders.byCheckout(checkout);
      if (!order) return { saved: true, result: undefined };
      const now = clock();
      const next = applyMatches(order, await matches.ofCheckout(checkout), now);
      if (next === order) return { saved: true, result: undefined };
      const { merchantId, _id: orderId, checkoutHash } = order;
      const data = { orderId, checkoutHash: checkoutHash ?? null };
      const saved = await orders.save(next, [
        pendingEvent('order.accepted', merchantId, data, { id: newId(), now }),
      ]);
      if (saved) nudge('orders');
      return { saved, result: undefined };
    });
}
