import { DomainError, notFound } from '../../../../shared/errors.ts';
import { pendingEvent } from '../../../../shared/events.ts';
import { couponOrThrow } from '../assign-coupon.ts';
import type { Coupon } from '../coupon.ts';
import type { CouponDeps } from '../create-coupon.ts';
import type { NewTerms } from './coupon-terms.schema.ts';

export interface TermsDeps extends CouponDeps {
  isStore: (merchantId: string, storeId: string) => Promise<boolean>;
}

type Ref = { merchantId: string; id: string };

/**
 * Sets what a code takes off; the shops are told afterwards, and `standings` shows what came of it.
 * @throws DomainError `not-found`, or `impossible` for a pattern, which no shop can hold, and for an end that is over.
 */
export async function setTerms(
  deps: TermsDeps,
  ref: Ref,
  { storeIds, adopt: mayAdopt, ...terms }: NewTerms,
): Promise<Coupon> {
  const coupon = await couponOrThrow(deps, ref);
  if (coupon.code.endsWith('*')) {
    const help = 'Give the affiliate a code of its own: POST /api/v1/coupons.';
    throw new DomainError('impossible', 'A pattern is no code that a shop could hold.', help);
  }
  if (terms.expiresAt && terms.expiresAt <= deps.clock()) {
    throw new DomainError('impossible', 'The end is over.', 'Send a later `expiresAt`, or pause the coupon.');
  }
  for (const storeId of storeIds ?? []) {
    if (!(await deps.isStore(ref.merchantId, storeId))) throw notFound('The store');
  }
  return save(deps, coupon, { terms, storeIds, mayAdopt });
}

/**
 * Takes a coupon out of the shops, into their trash. The code stays its owner's here.
 * @throws DomainError `not-found`.
 */
export async function takeTermsAway(deps: CouponDeps, ref: Ref): Promise<Coupon> {
  return save(deps, await couponOrThrow(deps, ref), { terms: null, isPaused: false, mayAdopt: false });
}

/**
 * Lets a coupon rest in the shops, or wakes it.
 * @throws DomainError `not-found`, or `impossible` where nothing is set that shops could hold.
 */
export async function pauseCoupon(deps: CouponDeps, ref: Ref, isPaused: boolean): Promise<Coupon> {
  const coupon = await couponOrThrow(deps, ref);
  if (coupon.terms) return save(deps, coupon, { isPaused });
  const help = 'Set what it takes off first: PUT /api/v1/coupons/:id/discount.';
  throw new DomainError('impossible', 'Nothing is set for this coupon that shops could hold.', help);
}

type Change = Partial<Pick<Coupon, 'terms' | 'storeIds' | 'mayAdopt' | 'isPaused'>>;

async function save(deps: CouponDeps, coupon: Coupon, change: Change): Promise<Coupon> {
  const { merchantId, id } = coupon;
  const now = deps.clock();
  const changed = pendingEvent('coupon.changed', merchantId, { couponId: id }, { id: deps.newId(), now });
  await deps.coupons.saveTerms(coupon, change, changed);
  deps.nudge('coupons');
  return { ...coupon, ...change };
}
