import { couponAddress } from './coupon-address.ts';
import type { Explain } from './explain.ts';
import { fillCouponField } from './fill-coupon-field.ts';
import { keepCoupon, recallCoupon } from './keep-coupon.ts';
import type { FormsPage } from './page.ts';
import { readCoupon } from './read-coupon.ts';
import type { FormOptions } from './read-form-options.ts';

/**
 * Applies the coupon of the URL to the cart, by the shop's address once, as it arrives, and by its field on this
 * and later pages of the tab. The shop decides whether the coupon is valid.
 */
export async function handOverCoupon(page: FormsPage, options: FormOptions, explain: Explain): Promise<void> {
  const arrived = readCoupon(page.location.search, options.couponParams);
  if (arrived) keepCoupon(page, arrived);
  const coupon = arrived ?? recallCoupon(page);
  if (!coupon) return explain('no coupon in this address, and none from an earlier page');

  if (options.couponField !== undefined) {
    const filled = fillCouponField(page.document, options.couponField, coupon);
    explain(`coupon ${coupon}: ${filled} empty fields match ${options.couponField}`);
  }
  const address = arrived && couponAddress(page, options, arrived);
  if (!address) return;
  const { status, type } = await page.fetch(address, { redirect: 'manual' });
  explain(`coupon ${coupon}: asked ${address}, ${type === 'opaqueredirect' ? 'taken' : `answer ${status}`}`);
}
