import { formatMinorUnits } from '../../../shared/minor-units.ts';
import type { CouponDiscount, CouponTerms, StoreCoupon } from '../../../shared/store-coupon.ts';
import { OWNER_META } from './remote-coupon.ts';

/** A coupon in WooCommerce's words. `usage_limit: 0` and empty texts take a limit away. */
export interface CouponBody {
  code: string;
  discount_type: 'percent' | 'fixed_cart' | 'fixed_product';
  amount: string;
  minimum_amount: string;
  usage_limit: number;
  usage_limit_per_user: number;
  date_expires: string;
  status: 'publish' | 'draft';
  meta_data: { key: string; value: string }[];
}

/** What is sent for a coupon that is to be in the shop. Whatever else its owner has set there stays. */
export function buildCouponBody(
  { code, isPaused, affiliateId }: Pick<StoreCoupon, 'code' | 'isPaused' | 'affiliateId'>,
  { discount, minimum, usageLimit, usageLimitPerCustomer, expiresAt }: CouponTerms,
): CouponBody {
  return {
    code,
    ...describeDiscount(discount),
    minimum_amount: minimum ? formatMinorUnits(minimum.amount, minimum.currency) : '0',
    usage_limit: usageLimit ?? 0,
    usage_limit_per_user: usageLimitPerCustomer ?? 0,
    // With its zone: without one it would be the shop's time.
    date_expires: expiresAt ? `${expiresAt.toISOString().slice(0, 19)}Z` : '',
    status: isPaused ? 'draft' : 'publish',
    meta_data: [{ key: OWNER_META, value: affiliateId ?? '' }],
  };
}

function describeDiscount(discount: CouponDiscount): Pick<CouponBody, 'discount_type' | 'amount'> {
  if (discount.kind === 'percent') {
    const digits = discount.ratePpm.toString().padStart(5, '0');
    return { discount_type: 'percent', amount: `${digits.slice(0, -4)}.${digits.slice(-4)}` };
  }
  const { per, amount, currency } = discount;
  return {
    discount_type: per === 'cart' ? 'fixed_cart' : 'fixed_product',
    amount: formatMinorUnits(amount, currency),
  };
}
