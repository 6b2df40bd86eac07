import type { FormsPage } from './page.ts';
import { readOptions, type Options } from './read-options.ts';

/** What the owner configured on the tag of the second script; what is left out there, the first tag tells. */
export interface FormOptions extends Options {
  /** Names of the URL parameters that may carry a coupon. */
  couponParams: string[];
  /** Selector of the field into which a buyer types a coupon. */
  couponField?: string;
  /** Address of the shop that puts a coupon on the cart, with `{coupon}` in its place. */
  couponUrl?: string;
  /** Selector of the forms that carry the kept code to the shop, as the field `refledger_code`. */
  cartForm?: string;
  /** "shopify": coupon and code go to the cart over Shopify's own addresses. */
  cart?: string;
  /** True when the console is told what happens. */
  isDebug: boolean;
}

const FIRST_TAG = 'script[src*="/snippet.js"]';

/** Reads the tag `<script async src="https://server/snippet-forms.js?store=KEY">` and, for what both need, the first. */
export function readFormOptions(
  { document, location }: Pick<FormsPage, 'document' | 'location'>,
  { src, dataset }: Pick<HTMLScriptElement, 'src' | 'dataset'>,
): FormOptions {
  const first = document.querySelector<HTMLScriptElement>(FIRST_TAG);
  const own = { ...first?.dataset, ...dataset };
  const { couponParams, debug } = own;
  return {
    ...readOptions({ src, dataset: own }),
    couponParams: (couponParams || 'coupon').split(/[\s,]+/),
    isDebug: debug !== undefined || new URLSearchParams(location.search).has('refledger_debug'),
  };
}
