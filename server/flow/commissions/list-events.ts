import { pendingEvent, type PendingEvent } from '../../shared/events.ts';
import type { NewId } from '../../shared/ids.ts';
import type { Commission } from './commission.model.ts';

/**
 * The events of what is new in a commission: `commission.computed` for each posting, `commission.moved` for each
 * further state of one.
 */
export function listEvents(
  before: Commission,
  after: Commission,
  context: { now: Date; newId: NewId },
): PendingEvent[] {
  const { merchantId, _id: orderId } = after;
  const knownSteps = new Map(before.postings.map(({ id, states }) => [id, states.length]));
  return after.postings.flatMap(({ id: postingId, states }) => {
    const known = knownSteps.get(postingId) ?? 0;
    return states.slice(known).map((_, index): PendingEvent => {
      const step = known + index;
      const about = { id: context.newId(), now: context.now };
      return step === 0
        ? pendingEvent('commission.computed', merchantId, { orderId, postingId }, about)
        : pendingEvent('commission.moved', merchantId, { orderId, postingId, step }, about);
    });
  });
}
