import { checkSelfReferral } from './check-self-referral.ts';
import type { ConsideredTouch, DecisionInput } from './decision.ts';

/**
 * Why a person must decide before money moves: a test of S9 whose setting is `hold` hits a touch that earns.
 * In words for the merchant; null = nobody must.
 * @param earning the winner and everybody who shares
 */
export function describeHold(earning: readonly ConsideredTouch[], input: DecisionInput): string | null {
  const reasons = earning.flatMap((touch) =>
    checkSelfReferral(touch, 'hold', input).map((words) => `${touch.affiliateName}: ${words}`),
  );
  return reasons.length === 0 ? null : [...new Set(reasons)].join('; ');
}
