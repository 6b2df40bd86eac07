import { notFound } from '../../../shared/errors.ts';
import { untilSaved } from '../../../platform/mongo/index.ts';
import { requireMember } from '../memberships/require-member.ts';
import type { Coupon } from './coupon.ts';
import type { CouponDeps } from './create-coupon.ts';
import { handOverCode } from './hand-over-code.ts';

/**
 * Hands a coupon to another affiliate, or to nobody, from now on. Redemptions before count for the owner of
 * then.
 *
 * @param affiliateId null = nobody
 * @throws DomainError `not-found`, or `impossible` when the affiliate is not in the coupon's programme.
 */
export function assignCoupon(
  deps: CouponDeps,
  ref: { merchantId: string; id: string },
  affiliateId: string | null,
): Promise<Coupon> {
  return untilSaved(async () => {
    const coupon = await couponOrThrow(deps, ref);
    const { merchantId, programId } = coupon;
    if (affiliateId !== null) await requireMember(deps, { merchantId, programId, affiliateId });
    const assignments = handOverCode(coupon.assignments, affiliateId, deps.clock());
    const saved = await deps.coupons.saveAssignments(coupon, assignments);
    return { saved, result: { ...coupon, assignments } };
  });
}

/** @throws DomainError `not-found`. */
export async function couponOrThrow(
  deps: CouponDeps,
  { merchantId, id }: { merchantId: string; id: string },
): Promise<Coupon> {
  const coupon = await deps.coupons.byId(merchantId, id);
  if (!coupon) throw notFound('The coupon');
  return coupon;
}
