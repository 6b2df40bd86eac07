import type { Clock } from '../../shared/clock.ts';
import { pendingEvent, type PendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import type { Order } from '../ingest/index.ts';
import type { Attribution } from './attribution.model.ts';
import { CLOCK_TOLERANCE } from './decision/check-eligibility.ts';
import { buildDecisionInput, type DecisionInputDeps } from './evidence/build-decision-input.ts';
import { pickWinningTouch } from './decision/pick-winning-touch.ts';
import { recordDecision, recordFacts } from './record-decision.ts';

/** What every use case of the stage takes. */
export interface AttributionDeps extends DecisionInputDeps {
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'attributions') => void;
}

/** An order decided on all that is known now, in a programme's own order of steps: read, decide, record. */
export async function decideOrder(
  order: Order & { placedAt: Date },
  known: Attribution,
  now: Date,
  deps: DecisionInputDeps,
): Promise<Attribution> {
  return recordDecision(
    known,
    pickWinningTouch(await buildDecisionInput(order, known.manualTouches, deps)),
    now,
  );
}

/**
 * Writes an attribution with its events: that it was decided, and, when later orders of the buyer read something
 * else of it now, that their history changed.
 * @param acceptedAt when the cause of it all was accepted
 * @returns false when another write came first: load and decide again.
 */
export async function saveDecided(
  next: Attribution,
  order: Order,
  { acceptedAt, now }: { acceptedAt: Date; now: Date },
  deps: AttributionDeps,
): Promise<boolean> {
  const { merchantId, _id: orderId } = order;
  const told = recordFacts(next, order);
  const context = (at = now) => ({ id: deps.newId(), now: at });
  const events: PendingEvent[] = [pendingEvent('attribution.decided', merchantId, { orderId }, context())];
  if (told.factsHash !== next.factsHash) {
    events.push(pendingEvent('history.changed', merchantId, { orderId, acceptedAt }, context()));
  }
  const lookAgainAt = findLookAgain(order, now);
  if (lookAgainAt) {
    events.push(pendingEvent('tolerance.passed', merchantId, { orderId }, context(lookAgainAt)));
  }
  const saved = await deps.attributions.save(told, events);
  if (saved) deps.nudge('attributions');
  return saved;
}

/** When touches that were still on their way are looked for, after a decision made so early (S3). */
function findLookAgain({ placedAt, evidence }: Order, now: Date): Date | undefined {
  const isReachable = evidence.some(({ kind }) => kind === 'visitor' || kind === 'touch');
  if (placedAt === null || !isReachable) return undefined;
  const end = new Date(placedAt.getTime() + CLOCK_TOLERANCE);
  return now <= end ? new Date(end.getTime() + 1) : undefined;
}
