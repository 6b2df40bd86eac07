import type { Clock } from '../../../shared/clock.ts';
import { DomainError } from '../../../shared/errors.ts';
import { foldCode } from '../../../shared/fold-code.ts';
import type { NewId } from '../../../shared/ids.ts';
import { requireMember, type MemberDeps } from '../memberships/require-member.ts';
import { NO_TERMS, type Coupon, type NewCoupon } from './coupon.ts';
import type { CouponStore } from './coupon.store.ts';

export interface CouponDeps extends MemberDeps {
  coupons: CouponStore;
  clock: Clock;
  newId: NewId;
  /** Says that a document of this collection has new events. */
  nudge: (collection: string) => void;
}

/**
 * Gives a new coupon code to an affiliate from now on.
 * @throws DomainError `not-found`, `impossible` when the affiliate is not in the programme, `conflict` when
 * the code is known.
 */
export async function createCoupon(
  deps: CouponDeps,
  merchantId: string,
  { programId, affiliateId, code, creditPolicy }: NewCoupon,
): Promise<Coupon> {
  await requireMember(deps, { merchantId, programId, affiliateId });
  const now = deps.clock();
  const coupon: Coupon = {
    merchantId,
    id: deps.newId(),
    programId,
    code,
    foldedCode: foldCode(code),
    creditPolicy,
    assignments: [{ affiliateId, from: now, until: null }],
    ...NO_TERMS,
    createdAt: now,
  };
  if (await deps.coupons.insert(coupon)) return coupon;
  const help = 'Assign the existing coupon to the affiliate instead; capitals make no difference.';
  throw new DomainError('conflict', 'A coupon of this code exists.', help);
}
