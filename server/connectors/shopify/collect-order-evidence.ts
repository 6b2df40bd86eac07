import type { Evidence } from '../../shared/delivery.ts';
import type { OrderBody } from './order.schema.ts';

/** The cart attributes and line properties that the storefront writes; a second underscore hides them. */
const CODE_NAMES = new Set(['_aff_ref', '__aff_ref']);
const CLICK_NAMES = new Set(['_aff_click', '__aff_click']);
const LONGEST_VALUE = 255;

/**
 * What an order says about who sent the buyer (S3; shopify.md 5). Codes are passed on as they were found.
 * Only the online shop's orders carry links; orders of the till, of drafts, of subscriptions and of other
 * apps count by their coupons alone.
 */
export function collectOrderEvidence(order: OrderBody): Evidence[] {
  const coupons = collectCoupons(order);
  const fromShop = (order.source_name ?? 'web') === 'web';
  return fromShop ? [...coupons, ...collectLinks(order)] : coupons;
}

/** A draft's code is among the codes and only a "manual" application, so the codes come first. */
function collectCoupons(order: OrderBody): Evidence[] {
  const applied = order.discount_applications.flatMap(({ type, code }) =>
    type === 'discount_code' && code ? [code] : [],
  );
  const codes = new Set([...order.discount_codes.map(({ code }) => code), ...applied].filter(isUsable));
  return [...codes].map((code, position) => ({ kind: 'coupon', code, position }));
}

function collectLinks(order: OrderBody): Evidence[] {
  const attributes = readMarks(order.note_attributes, 'cart attribute');
  const properties = order.line_items.flatMap((line) => readMarks(line.properties ?? [], 'line property'));
  const code = readLandingCode(order.landing_site);
  const landing: Evidence[] = code ? [{ kind: 'code', code, carrier: 'landing page', statedAt: null }] : [];
  return [...attributes, ...properties, ...landing];
}

function readMarks(members: { name: string; value?: unknown }[], carrier: string): Evidence[] {
  return members.flatMap(({ name, value }): Evidence[] => {
    if (!isUsable(value)) return [];
    if (CODE_NAMES.has(name)) return [{ kind: 'code', code: value, carrier, statedAt: null }];
    if (CLICK_NAMES.has(name)) return [{ kind: 'touch', touchId: value, carrier }];
    return [];
  });
}

/** `landing_site` is a path with its query, or a whole address. */
function readLandingCode(landingSite: string | null | undefined): string | undefined {
  if (!landingSite || !URL.canParse(landingSite, 'https://shop.invalid')) return undefined;
  const code = new URL(landingSite, 'https://shop.invalid').searchParams.get('ref');
  return isUsable(code) ? code : undefined;
}

/** The buyer can write into all of these: nothing that is too long to be a code is carried on. */
function isUsable(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_VALUE;
}
