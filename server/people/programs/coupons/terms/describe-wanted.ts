import { ownerAt } from '../../../../shared/history.ts';
import type { StoreCoupon } from '../../../../shared/store-coupon.ts';
import type { Coupon } from '../coupon.ts';

/**
 * A coupon as one shop is to hold it. Undefined when the shop never had it and is not to have it: then it is not
 * even asked.
 */
export function describeWanted(coupon: Coupon, storeId: string, now: Date): StoreCoupon | undefined {
  const { code, isPaused, mayAdopt, storeIds } = coupon;
  const terms = storeIds === null || storeIds.includes(storeId) ? coupon.terms : null;
  const standing = coupon.standings[storeId];
  if (!terms && !standing) return undefined;
  const affiliateId = ownerAt(coupon.assignments, now) ?? null;
  return { code, terms, isPaused, affiliateId, externalId: standing?.externalId ?? null, mayAdopt };
}
