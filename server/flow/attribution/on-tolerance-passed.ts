import type { PendingEvent } from '../../shared/events.ts';
import { createDecideAgain } from './decide-again.ts';
import type { AttributionDeps } from './decide-order.ts';

/**
 * Looks for touches again when the two minutes by which clocks may differ have passed since T (S3): a click that
 * was on its way when the order came counts, and nothing else would ever look at it.
 */
export function createOnTolerancePassed(deps: AttributionDeps) {
  const decideAgain = createDecideAgain(deps);
  return ({ merchantId, at, data }: PendingEvent<'tolerance.passed'>): Promise<void> =>
    decideAgain(merchantId, data.orderId, { acceptedAt: at, seenUntil: 'evidenceAt' });
}
