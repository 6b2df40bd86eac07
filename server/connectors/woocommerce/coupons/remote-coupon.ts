import { z } from 'zod';

/** The meta by which a coupon is ours; its value is the owner's id, empty when nobody owns it. */
export const OWNER_META = '_refledger_affiliate_id';

/** What we read of a coupon in a shop. Amounts always have two decimals there (woocommerce.md 8). */
export const remoteCoupon = z.object({
  id: z.int().positive(),
  code: z.string(),
  amount: z.string(),
  /** WooCommerce before 8.0 tells none: what it lists is published. */
  status: z.string().default('publish'),
  discount_type: z.string(),
  minimum_amount: z.string(),
  usage_limit: z.int().nullable(),
  usage_limit_per_user: z.int().nullable(),
  date_expires_gmt: z.string().nullable(),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
});
export type RemoteCoupon = z.output<typeof remoteCoupon>;

/** The owner that a coupon names, empty for nobody; undefined when it is not ours. */
export function readOwner({ meta_data }: RemoteCoupon): string | undefined {
  const found = meta_data.find(({ key }) => key === OWNER_META);
  if (!found) return undefined;
  return typeof found.value === 'string' ? found.value : '';
}
