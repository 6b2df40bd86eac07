import type { PendingEvent } from '../../shared/events.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import type { Order } from '../ingest/index.ts';
import type { Attribution } from './attribution.model.ts';
import { blankAttribution } from './attribution.store.ts';
import { decideOrder, saveDecided, type AttributionDeps } from './decide-order.ts';
import { mayDecideAgain } from './decision/may-decide-again.ts';

/** Decides who is credited for an order, and leaves `attribution.decided` for every version of it. */
export function createOnOrderAccepted(deps: AttributionDeps) {
  const { attributions, orders, clock } = deps;
  return async ({ merchantId, data }: PendingEvent<'order.accepted'>): Promise<void> => {
    const { orderId } = data;
    await untilSaved(async () => {
      const order = await orders.byId(merchantId, orderId);
      const known =
        (await attributions.byOrder(merchantId, orderId)) ?? blankAttribution(merchantId, orderId);
      if (!order || order.revision <= known.orderRevision) return { saved: true, result: undefined };
      const now = clock();
      const next = {
        ...(await decideUnlessFrozen(order, known, now)),
        orderRevision: order.revision,
        evidenceAt: order.evidenceAt,
      };
      const saved = await saveDecided(next, order, { acceptedAt: lastAccepted(order), now }, deps);
      return { saved, result: undefined };
    });
  };

  async function decideUnlessFrozen(order: Order, known: Attribution, now: Date): Promise<Attribution> {
    const last = known.decisions.at(-1);
    const { placedAt } = order;
    const evidence = { acceptedAt: order.evidenceAt, lookedAtUntil: known.evidenceAt };
    if (placedAt === null) return known;
    // T itself is another one when the shop tells an order that only a page had told of.
    const isAsOfT = last?.input.placedAt.getTime() === placedAt.getTime();
    if (last && isAsOfT && !mayDecideAgain(last, evidence, now)) return known;
    return decideOrder({ ...order, placedAt }, known, now, deps);
  }
}

/** When the newest thing that we know of an order was accepted. */
function lastAccepted({ evidenceAt, versions }: Order): Date {
  const version = versions.at(-1)?.acceptedAt ?? evidenceAt;
  return version > evidenceAt ? version : evidenceAt;
}
