import type { CouponDifference, StoreCouponResult } from '../../../../shared/store-coupon.ts';

/** How a coupon stands in one shop. `externalId`: what the shop calls it; null = it is not there, as far as we know. */
export interface CouponStanding {
  state: StoreCouponResult['state'];
  externalId: number | null;
  /** What the shop holds otherwise; empty unless the state is `differs`. */
  differences: CouponDifference[];
  /** Why it failed; null unless it did. */
  reason: string | null;
  /** The `termsRevision` that the shop was told last. */
  toldRevision: number;
  at: Date;
}

/** What a shop's answer means for the coupon. */
export function toStanding(
  result: StoreCouponResult,
  { at, toldRevision }: Pick<CouponStanding, 'at' | 'toldRevision'>,
): CouponStanding {
  const { state, externalId } = result;
  const differences = state === 'differs' ? result.differences : [];
  const reason = state === 'failed' ? result.reason : null;
  return { state, externalId, differences, reason, toldRevision, at };
}
