import { HOUR } from '../../shared/clock.ts';
import type { PendingEvent } from '../../shared/events.ts';
import { LONGEST_SETTLE_HOURS } from '../../shared/program-settings.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import type { Order } from '../ingest/index.ts';
import type { Attribution } from './attribution.model.ts';
import { compareOrders } from './compare-orders.ts';
import { decideOrder, saveDecided, type AttributionDeps } from './decide-order.ts';
import { mayDecideAgain } from './may-decide-again.ts';

/** Of a buyer who orders faster than that, the newest orders are decided again. */
const MOST_LATER_ORDERS = 50;

/**
 * Decides the later orders of the same buyer again that are not frozen yet (S3), the oldest first, so that each
 * sees what became of those before it. They are looked up after the change is durable: an order that was decided
 * without knowing it has been accepted before, and is found.
 */
export function createOnHistoryChanged(deps: AttributionDeps) {
  const { attributions, orders, clock } = deps;
  return async ({ merchantId, data }: PendingEvent<'history.changed'>): Promise<void> => {
    const { orderId, acceptedAt } = data;
    const changed = await orders.byId(merchantId, orderId);
    const attribution = await attributions.byOrder(merchantId, orderId);
    if (!changed || !attribution) return;
    for (const { _id } of await findLaterOrders(changed, attribution, acceptedAt)) {
      await decideAgain(merchantId, _id, acceptedAt);
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

  /** An order that was not decided yet has its own event under way, and reads the newest history then. */
  async function decideAgain(merchantId: string, orderId: string, acceptedAt: Date): Promise<void> {
    await untilSaved(async () => {
      const order = await orders.byId(merchantId, orderId);
      const known = await attributions.byOrder(merchantId, orderId);
      if (!order || !isPlaced(order) || !known) return NOTHING_TO_SAVE;
      const now = clock();
      const last = known.decisions.at(-1);
      const history = { acceptedAt, lookedAtUntil: known.historyAt };
      if (!last || !mayDecideAgain(last, history, now)) return NOTHING_TO_SAVE;
      const next = await decideOrder(order, known, now, deps);
      if (next === known) return NOTHING_TO_SAVE;
      const saved = await saveDecided({ ...next, historyAt: acceptedAt }, order, { acceptedAt, now }, deps);
      return { saved, result: undefined };
    });
  }
}

const NOTHING_TO_SAVE = { saved: true, result: undefined };

function isPlaced(order: Order): order is Order & { placedAt: Date } {
  return order.placedAt !== null;
}
