import { describeSpan } from '../../shared/clock.ts';
import { PPM } from '../../shared/rates.ts';
import { applyCouponPolicies } from './apply-coupon-policies.ts';
import { checkEligibility } from './check-eligibility.ts';
import {
  ENGINE_VERSION,
  type ConsideredTouch,
  type Decision,
  type DecisionInput,
  type Loser,
  type Share,
} from './decision.ts';
import { classRank, rankTouches } from './rank-touches.ts';

/**
 * Decides who is credited for an order (S3). Pure: it reads only its input, which the decision embeds, so a
 * replay gives the same decision. Every touch that lost or was removed is named with its reason.
 */
export function pickWinningTouch(input: DecisionInput): Decision {
  const removed: Loser[] = [];
  const eligible = input.touches.filter((touch) => {
    const refusal = checkEligibility(touch, input);
    if (refusal) removed.push({ touchId: touch.id, ...refusal });
    return refusal === undefined;
  });
  const { kept, losers } = applyCouponPolicies(eligible, input);
  const [winner, ...beaten] = rankTouches(kept, input);
  const outranked = beaten.map((touch) => ({
    touchId: touch.id,
    reason: describeLoss(touch, winner, input),
    forMerchant: null,
  }));
  return {
    engineVersion: ENGINE_VERSION,
    input,
    winner: winner ?? null,
    shares: winner ? [wholeOf(winner)] : [],
    hold: null,
    losers: [...outranked, ...losers, ...removed],
  };
}

function wholeOf({
  id: touchId,
  class: touchClass,
  programId,
  affiliateId,
  affiliateName,
}: ConsideredTouch): Share {
  return { touchId, class: touchClass, programId, affiliateId, affiliateName, sharePpm: PPM };
}

function describeLoss(
  loser: ConsideredTouch,
  winner: ConsideredTouch | undefined,
  input: DecisionInput,
): string {
  if (!winner) return 'no touch won';
  if (classRank(loser, input) !== classRank(winner, input))
    return `a ${winner.class} touch counts before a ${loser.class} touch`;
  if (loser.coupon && winner.coupon)
    return `the code ${winner.code ?? ''} counts before the code ${loser.code ?? ''}`;
  const apart = winner.at.getTime() - loser.at.getTime();
  if (apart === 0) return 'another touch of the same moment counts first';
  return apart > 0
    ? `a later touch counts (${describeSpan(apart)} later)`
    : `an earlier touch counts (${describeSpan(-apart)} earlier)`;
}
