import { DomainError, notFound } from '../../shared/errors.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import type { Order } from '../ingest/index.ts';
import type { Attribution, NumberedDecision } from './attribution.model.ts';
import { blankAttribution } from './attribution.store.ts';
import { addManualTouch } from './evidence/build-decision-input.ts';
import { fromManual } from './evidence/collect-touches.ts';
import { FIRST_COMPLETE_ENGINE } from './decision/decision.ts';
import { decideOrder, saveDecided, type AttributionDeps } from './decide-order.ts';
import type { ManualTouch } from './evidence/manual-touch.ts';
import { mayDecideAgain } from './decision/may-decide-again.ts';
import { pickWinningTouch } from './decision/pick-winning-touch.ts';
import { recordDecision } from './record-decision.ts';

/** Who assigns which order to whom, and why (S11). */
export interface Assignment {
  merchantId: string;
  orderId: string;
  programId: string;
  affiliateId: string;
  staffId: string;
  reason: string;
}

/**
 * Credits an order to an affiliate because a person says so (S11), also when it is frozen: then with what the
 * frozen decision has read and nothing else. The same assignment again changes nothing.
 * @throws DomainError `not-found` for the order, `impossible` with the reason when the affiliate could not earn
 * by it, e.g. because the membership was not approved when the order was placed.
 */
export function createAssignOrder(deps: AttributionDeps) {
  const { attributions, orders, clock, newId } = deps;
  return ({ merchantId, orderId, ...assignment }: Assignment): Promise<NumberedDecision> =>
    untilSaved(async () => {
      const order = await orders.byId(merchantId, orderId);
      if (!order) throw notFound('The order');
      const { placedAt } = order;
      if (placedAt === null) throw notKnownYet();
      const known =
        (await attributions.byOrder(merchantId, orderId)) ?? blankAttribution(merchantId, orderId);
      const last = known.decisions.at(-1);
      if (last && isTheSame(last, assignment)) return { saved: true, result: last };
      const now = clock();
      const touch: ManualTouch = { id: newId(), ...assignment, at: now };
      const next = await decideWith(touch, { ...order, placedAt }, known, now);
      const decision = decisionOrRefusal(next, touch);
      const saved = await saveDecided(next, order, { acceptedAt: now, now }, deps);
      return { saved, result: decision };
    });

  async function decideWith(
    touch: ManualTouch,
    order: Order & { placedAt: Date },
    known: Attribution,
    now: Date,
  ): Promise<Attribution> {
    const assigned = { ...known, manualTouches: [...known.manualTouches, touch] };
    const last = known.decisions.at(-1);
    const nothingNew = { acceptedAt: known.evidenceAt, lookedAtUntil: known.evidenceAt };
    const isFrozen = last !== undefined && !mayDecideAgain(last, nothingNew, now);
    // What an engine of the first version has read lacks facts, so that it is read again as of T.
    if (!isFrozen || last.engineVersion < FIRST_COMPLETE_ENGINE)
      return decideOrder(order, assigned, now, deps);
    const input = await addManualTouch(last.input, fromManual(touch), order, deps);
    return recordDecision(assigned, pickWinningTouch(input), now);
  }
}

function isTheSame({ winner }: NumberedDecision, { programId, affiliateId, reason }: Partial<Assignment>) {
  return (
    winner?.manual?.reason === reason &&
    winner?.programId === programId &&
    winner?.affiliateId === affiliateId
  );
}

/** The decision that the assignment made. An assignment that has no effect is refused, and nothing is kept of it. */
function decisionOrRefusal({ decisions }: Attribution, { id }: ManualTouch): NumberedDecision {
  const decision = decisions.at(-1);
  if (decision?.winner?.id === id) return decision;
  const loser = decision?.losers.find(({ touchId }) => touchId === id);
  const reason = loser?.forMerchant ?? loser?.reason ?? 'another touch counts first';
  throw new DomainError(
    'impossible',
    `The affiliate cannot be credited for this order: ${reason}.`,
    'Assign it to an affiliate who was active, in a live programme and approved there when it was placed.',
  );
}

function notKnownYet(): DomainError {
  return new DomainError(
    'impossible',
    'Only a refund or a message about this order has come so far, not the order itself.',
    'Assign it when the store has sent the order.',
  );
}
