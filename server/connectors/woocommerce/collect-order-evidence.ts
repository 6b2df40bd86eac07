import { SECOND } from '../../shared/clock.ts';
import type { Evidence } from '../../shared/delivery.ts';
import type { OrderBody } from './order.schema.ts';

/** Written by our plugin. */
const CODE = '_refledger_ref';
/** Written beside it: JSON with `source`, and as far as known `visitor` and `landedAt`. */
const EVIDENCE = '_refledger_evidence';
const CLICK = '_refledger_click_id';
const LANDED = '_refledger_landed_at';
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
  const valueOf = (wanted: string): unknown => order.meta_data.find(({ key }) => key === wanted)?.value;
  const { visitor, landedAt } = readEvidence(valueOf(EVIDENCE));
  const stated = readMoment(valueOf(LANDED) ?? landedAt);
  const marks = order.meta_data.flatMap(({ key, value }) => readMark(key, value, stated));
  if (isUsable(visitor)) marks.push({ kind: 'visitor', visitorKey: visitor, carrier: 'order meta' });
  return [...coupons, ...marks];
}

/** Nothing of it where another plugin or a buyer wrote something else into it. */
function readEvidence(value: unknown): { visitor?: unknown; landedAt?: unknown } {
  try {
    const members: unknown = typeof value === 'string' ? JSON.parse(value) : null;
    return typeof members === 'object' && members !== null ? members : {};
  } catch {
    return {};
  }
}

function readMark(key: string, value: unknown, landedAt: Date | null): Evidence[] {
  if (key === CODE) return asCode(value, 'order meta', landedAt);
  if (key === SESSION_ENTRY) return asCode(readLandingCode(value), 'landing page', null);
  if (key === CLICK && isUsable(value)) return [{ kind: 'touch', touchId: value, carrier: 'order meta' }];
  return [];
}

function asCode(code: unknown, carrier: string, statedAt: Date | null): Evidence[] {
  return isUsable(code) ? [{ kind: 'code', code, carrier, statedAt }] : [];
}

/** Seconds since 1970 or ISO 8601; a time may only make the touch older, so that a wrong one does no harm. */
function readMoment(value: unknown): Date | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value);
  const moment = new Date(/^\d{9,10}$/.test(text) ? parseInt(text, 10) * SECOND : text);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

function readLandingCode(address: unknown): string | null {
  if (typeof address !== 'string' || !URL.canParse(address)) return null;
  return new URL(address).searchParams.get('ref');
}

/** Plugins and buyers can write into these: nothing that is too long to be a code is carried on. */
function isUsable(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_VALUE;
}
