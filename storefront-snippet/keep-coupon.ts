import { attempt } from './attempt.ts';
import type { FormsPage } from './page.ts';

const COUPON = '_aff_coupon';

/** Keeps the coupon while the tab is open: the field that takes it is on a later page. */
export function keepCoupon(page: FormsPage, coupon: string): void {
  attempt(() => page.sessionStorage.setItem(COUPON, coupon));
}

/** The coupon that is still kept, or undefined. */
export function recallCoupon(page: FormsPage): string | undefined {
  return attempt(() => page.sessionStorage.getItem(COUPON)) ?? undefined;
}

export function forgetCoupon(page: FormsPage): void {
  attempt(() => page.sessionStorage.removeItem(COUPON));
}
