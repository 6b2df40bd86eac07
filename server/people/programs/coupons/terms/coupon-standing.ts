import type { CouponDifference, StoreCouponResult } from '../../../../shared/store-coupon.ts';

/** How a coupon stands in one shop. `externalId`: what the shop calls it; null = it is not there, as far as we know. */
export interface CouponStanding {
  state: StoreCouponResult['state'];
  externalId: number | null;
  /** What the shop holds otherwise; empty unless the state is `differs`. */
  differences: CouponDifference[];
  /** Why it failed; null unless it did. */
  reason: string | null;
  at: Date;
}

/** What a shop's answer means for the coupon. */
export function toStanding(result: StoreCouponResult, at: Date): CouponStanding {
  const { state, externalId } = result;
  const differences = state === 'differs' ? result.differences : [];
  return { state, externalId, differences, reason: state === 'failed' ? result.reason : null, at };
}
