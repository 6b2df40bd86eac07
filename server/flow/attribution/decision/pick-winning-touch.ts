import { applyCouponPolicies } from './apply-coupon-policies.ts';
import { applyLateTouchRule } from './apply-late-touch-rule.ts';
import { checkEligibility } from './check-eligibility.ts';
import { checkNewCustomer } from './check-new-customer.ts';
import {
  ENGINE_VERSION,
  type ConsideredTouch,
  type Decision,
  type DecisionInput,
  type Sifted,
} from './decision.ts';
import { deriveBindings } from './derive-bindings.ts';
import { deriveShares } from './derive-shares.ts';
import { describeHold } from './describe-hold.ts';
import { describeLosers } from './describe-losers.ts';
import { rankTouches } from './rank-touches.ts';

/**
 * Decides who is credited for an order (S3). Pure: it reads only its input, which the decision embeds, so a
 * replay gives the same decision. Every touch that lost or was removed is named with its reason.
 */
export function pickWinningTouch(input: DecisionInput): Decision {
  const bound = deriveBindings(input);
  const eligible = removeIneligible(bound.kept, input);
  const timely = applyLateTouchRule(eligible.kept, input);
  const earning = applyCouponPolicies(timely.kept, input);
  const ranked = rankTouches(earning.kept, input);
  const { shares, sharing } = deriveShares(ranked, input);
  return {
    engineVersion: ENGINE_VERSION,
    input,
    winner: ranked[0] ?? null,
    shares,
    hold: describeHold(sharing, input),
    newCustomer: checkNewCustomer(input),
    losers: [
      ...describeLosers(ranked, sharing, input),
      ...earning.losers,
      ...timely.losers,
      ...eligible.losers,
      ...bound.losers,
    ],
  };
}

function removeIneligible(touches: readonly ConsideredTouch[], input: DecisionInput): Sifted {
  const sifted: Sifted = { kept: [], losers: [] };
  for (const touch of touches) {
    const refusal = checkEligibility(touch, input);
    if (refusal) sifted.losers.push({ touchId: touch.id, ...refusal });
    else sifted.kept.push(touch);
  }
  return sifted;
}
