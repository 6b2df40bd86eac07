import { HOUR } from '../../shared/clock.ts';
import type { PendingEvent } from '../../shared/events.ts';
import { LONGEST_SETTLE_HOURS } from '../../shared/program-settings.ts';
import type { Order } from '../ingest/index.ts';
import type { Attribution } from './attribution.model.ts';
import { compareOrders } from './decision/compare-orders.ts';
import { createDecideAgain, isPlaced } from './decide-again.ts';
import type { AttributionDeps } from './decide-order.ts';

/** Of a buyer who orders faster than that, the newest orders are decided again. */
const MOST_LATER_ORDERS = 50;

/**
 * Decides the later orders of the same buyer again that are not frozen yet (S3), the oldest first, so that each
 * sees what became of those before it. They are looked up after the change is durable: an order that was decided
 * without knowing it has been accepted before, and is found.
 */
export function createOnHistoryChanged(deps: AttributionDeps) {
  const { attributions, orders } = deps;
  const decideAgain = createDecideAgain(deps);
  return async ({ merchantId, data }: PendingEvent<'history.changed'>): Promise<void> => {
    const { orderId, acceptedAt } = data;
    const changed = await orders.byId(merchantId, orderId);
    const attribution = await attributions.byOrder(merchantId, orderId);
    if (!changed || !attribution) return;
    for (const { _id } of await findLaterOrders(changed, attribution, acceptedAt)) {
      await decideAgain(merchantId, _id, { acceptedAt, seenUntil: 'historyAt' });
    }
  };

  async function findLaterOrders(
    changed: Order,
    { buyers }: Attribution,
    acceptedAt: Date,
  ): Promise<Order[]> {
    const { merchantId, placedAt } = changed;
    if (placedAt === null) return [];
    // Whatever was placed before is frozen in every programme.
    const unfrozen = new Date(acceptedAt.getTime() - LONGEST_SETTLE_HOURS * HOUR);
    const since = placedAt > unfrozen ? placedAt : unfrozen;
    const found = await Promise.all(
      buyers.map((buyer) => orders.ofBuyerSince(merchantId, buyer, since, MOST_LATER_ORDERS)),
    );
    return [...new Map(found.flat().map((order) => [order._id, order])).values()]
      .filter((order) => isPlaced(order) && compareOrders(order, { ...changed, placedAt }) > 0)
      .sort((a, b) => (isPlaced(a) && isPlaced(b) ? compareOrders(a, b) : 0))
      .slice(-MOST_LATER_ORDERS);
  }
}
