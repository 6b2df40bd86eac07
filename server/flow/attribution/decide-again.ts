import { untilSaved } from '../../platform/mongo/index.ts';
import type { Order } from '../ingest/index.ts';
import type { Attribution } from './attribution.model.ts';
import { decideOrder, saveDecided, type AttributionDeps } from './decide-order.ts';
import { mayDecideAgain } from './decision/may-decide-again.ts';

/** What there is to look at: when it was accepted, and which moment of the attribution tells what was seen. */
export interface News {
  acceptedAt: Date;
  seenUntil: 'historyAt' | 'evidenceAt';
}

export function isPlaced(order: Order): order is Order & { placedAt: Date } {
  return order.placedAt !== null;
}

/**
 * Decides an order again that is not frozen yet (S3), because of something that its own deliveries do not tell.
 * An order that was not decided yet has its own event under way, and reads the newest facts then.
 */
export function createDecideAgain(deps: AttributionDeps) {
  const { attributions, orders, clock } = deps;
  return (merchantId: string, orderId: string, { acceptedAt, seenUntil }: News): Promise<void> =>
    untilSaved(async () => {
      const order = await orders.byId(merchantId, orderId);
      const known = await attributions.byOrder(merchantId, orderId);
      if (!order || !isPlaced(order) || !known) return NOTHING_TO_SAVE;
      const now = clock();
      const last = known.decisions.at(-1);
      const news = { acceptedAt, lookedAtUntil: known[seenUntil] };
      if (!last || !mayDecideAgain(last, news, now)) return NOTHING_TO_SAVE;
      const next = await decideOrder(order, known, now, deps);
      if (next === known) return NOTHING_TO_SAVE;
      const seen: Attribution = { ...next, [seenUntil]: acceptedAt };
      const saved = await saveDecided(seen, order, { acceptedAt, now }, deps);
      return { saved, result: undefined };
    });
}

const NOTHING_TO_SAVE = { saved: true, result: undefined };
