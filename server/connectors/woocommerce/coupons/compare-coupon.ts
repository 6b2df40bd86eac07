import { foldCode } from '../../../shared/fold-code.ts';
import type { CouponDifference } from '../../../shared/store-coupon.ts';
import type { CouponBody } from './build-coupon-body.ts';
import { OWNER_META, readOwner, type RemoteCoupon } from './remote-coupon.ts';

/**
 * What a shop holds otherwise than it was told, field by field. WooCommerce stores what it cannot read without a
 * word: the amount "abc" as 0.00 (woocommerce.md 8).
 */
export function compareCoupon(wanted: CouponBody, found: RemoteCoupon): CouponDifference[] {
  const owner = wanted.meta_data.find(({ key }) => key === OWNER_META)?.value ?? '';
  const rows: [field: string, wanted: string, found: string][] = [
    ['code', foldCode(wanted.code), foldCode(found.code)],
    ['discount_type', wanted.discount_type, found.discount_type],
    ['amount', plain(wanted.amount), plain(found.amount)],
    ['minimum_amount', plain(wanted.minimum_amount), plain(found.minimum_amount)],
    ['usage_limit', describeLimit(wanted.usage_limit), describeLimit(found.usage_limit)],
    [
      'usage_limit_per_user',
      describeLimit(wanted.usage_limit_per_user),
      describeLimit(found.usage_limit_per_user),
    ],
    ['date_expires', describeEnd(wanted.date_expires), describeEnd(found.date_expires_gmt)],
    ['status', wanted.status, found.status],
    [OWNER_META, owner, readOwner(found) ?? 'missing'],
  ];
  return rows
    .filter(([, ours, theirs]) => ours !== theirs)
    .map(([field, ours, theirs]) => ({ field, wanted: ours, found: theirs.slice(0, LONGEST) }));
}

const LONGEST = 100;

/** Without the zeros that say nothing: "15.00" and "15" are the same. */
function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

const describeLimit = (limit: number | null): string => (limit ? String(limit) : 'none');
const describeEnd = (moment: string | null): string => (moment ? moment.replace(/Z$/, '') : 'none');
