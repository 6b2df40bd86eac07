import { describeSpan } from '../../../shared/clock.ts';
import type { ConsideredTouch, DecisionInput, Loser } from './decision.ts';
import { classRank } from './rank-touches.ts';

/**
 * Why each eligible touch that shares in nothing lost against the winner, in words (S3).
 * @param ranked eligible touches, the winner first
 * @param sharing those that get a part of the commission
 */
export function describeLosers(
  ranked: readonly ConsideredTouch[],
  sharing: readonly ConsideredTouch[],
  input: DecisionInput,
): Loser[] {
  const [winner] = ranked;
  if (!winner) return [];
  return ranked
    .filter((touch) => !sharing.includes(touch))
    .map((touch) => ({ touchId: touch.id, reason: describeLoss(touch, winner, input), forMerchant: null }));
}

function describeLoss(loser: ConsideredTouch, winner: ConsideredTouch, input: DecisionInput): string {
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
