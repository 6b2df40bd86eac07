import type { Clock } from '../../shared/clock.ts';
import { pendingEvent, type PendingEvent } from '../../shared/events.ts';
import { canonicalJson } from '../../shared/hash.ts';
import type { NewId } from '../../shared/ids.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import type { Order, OrderStore, TouchStore } from '../ingest/index.ts';
import type { Attribution } from './attribution.model.ts';
import type { AttributionStore } from './attribution.store.ts';
import { buildDecisionInput } from './build-decision-input.ts';
import { mayDecideAgain } from './may-decide-again.ts';
import { pickWinningTouch } from './pick-winning-touch.ts';
import type { ReferralDirectory } from './referral-directory.ts';

export interface OnOrderAcceptedDeps {
  orders: OrderStore;
  touches: TouchStore;
  attributions: AttributionStore;
  directory: ReferralDirectory;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'attributions') => void;
}

/** Decides who is credited for an order, and leaves `attribution.decided` for every version of it. */
export function createOnOrderAccepted(deps: OnOrderAcceptedDeps) {
  const { attributions, orders, clock, newId } = deps;
  return async ({ merchantId, data }: PendingEvent<'order.accepted'>): Promise<void> => {
    const { orderId } = data;
    await untilSaved(async () => {
      const order = await orders.byId(merchantId, orderId);
      const known = (await attributions.byOrder(merchantId, orderId)) ?? blank(merchantId, orderId);
      if (!order || order.revision <= known.orderRevision) return { saved: true, result: undefined };
      const now = clock();
      const next = { ...(await decide(order, known, now)), orderRevision: order.revision };
      const event = pendingEvent('attribution.decided', merchantId, { orderId }, { id: newId(), now });
      const saved = await attributions.save(next, [event]);
      if (saved) deps.nudge('attributions');
      return { saved, result: undefined };
    });
  };

  async function decide(order: Order, known: Attribution, now: Date): Promise<Attribution> {
    const last = known.decisions.at(-1);
    const { placedAt } = order;
    const evidence = { acceptedAt: order.evidenceAt, lookedAtUntil: known.evidenceAt };
    if (placedAt === null || (last && !mayDecideAgain(last, evidence, now))) return known;
    const decision = pickWinningTouch(await buildDecisionInput({ ...order, placedAt }, deps));
    const { number: _number, decidedAt: _decidedAt, ...before } = last ?? { number: 0, decidedAt: now };
    if (last && canonicalJson(before) === canonicalJson(decision)) return known;
    const numbered = { ...decision, number: known.decisions.length + 1, decidedAt: now };
    return { ...known, decisions: [...known.decisions, numbered] };
  }
}

function blank(merchantId: string, orderId: string): Attribution {
  return { _id: orderId, merchantId, revision: 0, orderRevision: 0, evidenceAt: new Date(0), decisions: [] };
}
