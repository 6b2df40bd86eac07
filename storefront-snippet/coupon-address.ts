import type { FormOptions } from './read-form-options.ts';
import type { FormsPage } from './page.ts';

/**
 * The shop's address that puts a coupon on the cart, or undefined where none is configured.
 * @throws Error when the configured address is not the shop's own, or has no place for the coupon
 */
export function couponAddress(
  { location, Shopify }: Pick<FormsPage, 'location' | 'Shopify'>,
  { cart, couponUrl }: Pick<FormOptions, 'cart' | 'couponUrl'>,
  coupon: string,
): string | undefined {
  const encoded = encodeURIComponent(coupon);
  if (cart === 'shopify') return `${Shopify?.routes?.root ?? '/'}discount/${encoded}`;
  if (couponUrl === undefined) return undefined;
  if (!couponUrl.includes('{coupon}')) {
    throw new Error('data-coupon-url needs {coupon} where the coupon goes: "/cart/?apply={coupon}"');
  }
  const address = new URL(
    couponUrl.replaceAll('{coupon}', () => encoded),
    location.href,
  );
  if (address.origin === location.origin) return address.href;
  throw new Error(`data-coupon-url leads to ${address.host}; it must be a page of this shop`);
}
