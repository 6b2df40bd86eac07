import { describeSpan } from '../../../shared/clock.ts';
import type { ConsideredTouch, DecisionInput, Loser, Sifted } from './decision.ts';

const BY_LINK = new Set(['link', 'direct-link']);

/**
 * Takes out the late touches that may not earn (S3). A link touch that we first saw after the buyer's checkout
 * began is late; the very moment of its beginning is not. By the programme's setting it earns normally, loses to
 * any earlier touch that is eligible, or earns nothing. Where the store does not tell when the checkout began,
 * and for touches that only the order tells of, the rule is not applied.
 */
export function applyLateTouchRule(eligible: readonly ConsideredTouch[], input: DecisionInput): Sifted {
  const kept: ConsideredTouch[] = [];
  const losers: Loser[] = [];
  for (const touch of eligible) {
    const reason = whyNot(touch, eligible, input);
    if (reason === undefined) kept.push(touch);
    else losers.push({ touchId: touch.id, reason, forMerchant: null });
  }
  return { kept, losers };
}

function whyNot(
  touch: ConsideredTouch,
  eligible: readonly ConsideredTouch[],
  { checkoutStartedAt, settings }: DecisionInput,
): string | undefined {
  if (checkoutStartedAt === null || !touch.receivedByUs || !BY_LINK.has(touch.class)) return undefined;
  const lateness = touch.at.getTime() - checkoutStartedAt.getTime();
  if (lateness <= 0) return undefined;
  const late = `the ${touch.class} touch came ${describeSpan(lateness)} after the checkout began`;
  switch (settings[touch.programId]?.settings.lateTouch) {
    case 'nothing':
      return `${late}, and the programme counts no such touch`;
    case 'lose':
      return eligible.some(({ at }) => at < touch.at) ? `${late}, and an earlier touch counts` : undefined;
    case 'earn':
    case undefined:
      return undefined;
  }
}
