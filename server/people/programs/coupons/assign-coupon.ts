import { notFound } from '../../../shared/errors.ts';
import { pendingEvent } from '../../../shared/events.ts';
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
export async function assignCoupon(
  deps: CouponDeps,
  ref: { merchantId: string; id: string },
  affiliateId: string | null,
): Promise<Coupon> {
  const assigned = await untilSaved(async () => {
    const coupon = await couponOrThrow(deps, ref);
    const { merchantId, programId } = coupon;
    if (affiliateId !== null) await requireMember(deps, { merchantId, programId, affiliateId });
    const now = deps.clock();
    const assignments = handOverCode(coupon.assignments, affiliateId, now);
    // Shops name the owner in the coupon.
    const changed = pendingEvent(
      'coupon.changed',
      merchantId,
      { couponId: coupon.id },
      { id: deps.newId(), now },
    );
    const saved = await deps.coupons.saveAssignments(coupon, assignments, coupon.terms ? [changed] : []);
    return { saved, result: { ...coupon, assignments } };
  });
  deps.nudge('coupons');
  return assigned;
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
