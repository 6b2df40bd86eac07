import type { ConsideredTouch, DecisionInput, Loser, Sifted } from './decision.ts';
import { rankTouches } from './rank-touches.ts';

/**
 * Removes the coupons whose credit policy is not met (S3): `if-involved` needs another eligible touch of its
 * owner, `if-winner` needs its owner to win without any coupon, `never` never earns.
 */
export function applyCouponPolicies(eligible: readonly ConsideredTouch[], input: DecisionInput): Sifted {
  const others = eligible.filter(({ coupon }) => coupon === null);
  const winnerWithout = rankTouches(others, input)[0];
  const kept: ConsideredTouch[] = [];
  const losers: Loser[] = [];
  for (const touch of eligible) {
    const reason = whyNot(touch, others, winnerWithout);
    if (reason === undefined) kept.push(touch);
    else losers.push({ touchId: touch.id, reason, forMerchant: null });
  }
  return { kept, losers };
}

function whyNot(
  touch: ConsideredTouch,
  others: readonly ConsideredTouch[],
  winnerWithout: ConsideredTouch | undefined,
): string | undefined {
  const isOwner = ({ affiliateId }: ConsideredTouch): boolean => affiliateId === touch.affiliateId;
  switch (touch.coupon?.policy) {
    case undefined:
    case 'always':
      return undefined;
    case 'if-involved':
      return others.some(isOwner) ? undefined : 'the coupon earns only beside another touch of its owner';
    case 'if-winner':
      return winnerWithout && isOwner(winnerWithout)
        ? undefined
        : 'the coupon earns only when its owner wins without it';
    case 'never':
      return 'the coupon gives a discount and earns nothing';
  }
}
