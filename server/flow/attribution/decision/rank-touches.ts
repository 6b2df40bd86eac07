import type { ConsideredTouch, CreditPolicy, DecisionInput } from './decision.ts';

const STRENGTH: Record<CreditPolicy, number> = { always: 0, 'if-involved': 1, 'if-winner': 2, never: 3 };

/**
 * Eligible touches, strongest first: by the precedence of classes; among coupons by credit policy and the
 * platform's order (S10); then the last touch, or the first where the programme says so; ties by the later
 * time, then by the touch's content key, so that two runs agree (S3). Of manual touches the last one counts
 * always: a person's newest word holds (S11).
 */
export function rankTouches(touches: readonly ConsideredTouch[], input: DecisionInput): ConsideredTouch[] {
  return [...touches].sort(
    (a, b) =>
      classRank(a, input) - classRank(b, input) ||
      compareCoupons(a, b) ||
      compareTimes(a, b, input) ||
      compareKeys(a, b),
  );
}

/**
 * The touch's place in its programme's precedence; 0 is the strongest. A manual touch that the precedence does
 * not name comes before all, because the settings speak of evidence, and a person has judged it.
 */
export function classRank(touch: ConsideredTouch, input: DecisionInput): number {
  return (
    input.settings[touch.programId]?.settings.precedence.findIndex((group) => group.includes(touch.class)) ??
    -1
  );
}

function compareCoupons(a: ConsideredTouch, b: ConsideredTouch): number {
  if (!a.coupon || !b.coupon) return 0;
  return STRENGTH[a.coupon.policy] - STRENGTH[b.coupon.policy] || a.coupon.position - b.coupon.position;
}

function compareTimes(a: ConsideredTouch, b: ConsideredTouch, input: DecisionInput): number {
  const later = b.at.getTime() - a.at.getTime();
  if (a.manual && b.manual) return later;
  // Touches of several programmes need one order: the first counts only where all of them say so.
  const first = Object.values(input.settings).every(({ settings }) => settings.touchOrder === 'first');
  return first ? -later : later;
}

const contentKey = (touch: ConsideredTouch): string =>
  [touch.class, touch.programId, touch.affiliateId, touch.code, touch.id].join('|');

const compareKeys = (a: ConsideredTouch, b: ConsideredTouch): number =>
  contentKey(a) < contentKey(b) ? -1 : 1;
