import type { Evidence } from '../../shared/delivery.ts';
import type { OrderBody } from './order.schema.ts';

/** Written by our plugin. */
const CODE = '_refledger_ref';
const CLICK = '_refledger_click_id';
/** WooCommerce's own: the address on which the session began, also where our snippet was blocked. */
const SESSION_ENTRY = '_wc_order_attribution_session_entry';
const LONGEST_VALUE = 255;

/**
 * What an order says about who sent the buyer (S3; woocommerce.md 4). Codes are passed on as they were
 * found: WooCommerce gives coupon codes in lower case and with HTML entities.
 */
export function collectOrderEvidence(order: OrderBody): Evidence[] {
  const coupons = order.coupon_lines.map(({ code }, position): Evidence => ({
    kind: 'coupon',
    code,
    position,
  }));
  return [...coupons, ...order.meta_data.flatMap(({ key, value }) => readMark(key, value))];
}

function readMark(key: string, value: unknown): Evidence[] {
  if (key === CODE) return asCode(value, 'order meta');
  if (key === SESSION_ENTRY) return asCode(readLandingCode(value), 'landing page');
  if (key === CLICK && isUsable(value)) return [{ kind: 'touch', touchId: value, carrier: 'order meta' }];
  return [];
}

function asCode(code: unknown, carrier: string): Evidence[] {
  return isUsable(code) ? [{ kind: 'code', code, carrier, statedAt: null }] : [];
}

function readLandingCode(address: unknown): string | null {
  if (typeof address !== 'string' || !URL.canParse(address)) return null;
  return new URL(address).searchParams.get('ref');
}

/** Plugins and buyers can write into these: nothing that is too long to be a code is carried on. */
function isUsable(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_VALUE;
}
