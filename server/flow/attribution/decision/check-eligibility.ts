import { MINUTE, SECOND, describeSpan } from '../../../shared/clock.ts';
import { checkSelfReferral } from './check-self-referral.ts';
import type { ConsideredTouch, DecisionInput } from './decision.ts';

/** How far two clocks may differ (S3). */
export const CLOCK_TOLERANCE = 2 * MINUTE;

const WINDOWED = new Set(['link', 'direct-link', 'pixel']);
/** A coupon and a product come with the order, a manual touch counts whenever it was made (S3). */
const AT_ANY_TIME = new Set(['manual', 'coupon', 'product-ownership']);

/**
 * Why a touch cannot earn at T, in words; undefined when it is eligible (S3).
 * Late touches and coupon policies come later, because they depend on the other touches.
 */
export function checkEligibility(touch: ConsideredTouch, input: DecisionInput): Refusal | undefined {
  const plain =
    checkStanding(touch) ?? checkSettings(touch, input) ?? checkSource(touch) ?? checkTime(touch, input);
  if (plain !== undefined) return { reason: plain, forMerchant: null };
  const own = checkSelfReferral(touch, 'reject', input);
  if (own.length === 0) return undefined;
  return { reason: 'a rule of the programme excludes it', forMerchant: own.join('; ') };
}

/** Why a touch cannot earn. Receipts show `reason`; what would tell who bought is for the merchant only (S16). */
export interface Refusal {
  reason: string;
  forMerchant: string | null;
}

function checkStanding({ standing }: ConsideredTouch): string | undefined {
  if (standing.affiliate !== 'active')
    return `the affiliate was ${standing.affiliate} when the order was placed`;
  if (standing.membership !== 'approved') {
    return `the membership in the programme was ${standing.membership} when the order was placed`;
  }
  if (standing.program !== 'live') return `the programme was ${standing.program} when the order was placed`;
  return undefined;
}

function checkSettings(touch: ConsideredTouch, input: DecisionInput): string | undefined {
  const settings = input.settings[touch.programId]?.settings;
  if (!settings) return 'the programme had no settings yet when the order was placed';
  if (touch.class !== 'manual' && !settings.precedence.flat().includes(touch.class))
    return `the programme does not count ${touch.class} touches`;
  const foreign = input.couponCodes.find((code) => settings.voidCodes.includes(code));
  return foreign === undefined ? undefined : `the order used the code ${foreign}, which voids the commission`;
}

function checkSource({ blocked }: ConsideredTouch): string | undefined {
  return blocked === null ? undefined : `its source is blocked: ${blocked}`;
}

function checkTime(touch: ConsideredTouch, input: DecisionInput): string | undefined {
  if (AT_ANY_TIME.has(touch.class)) return undefined;
  const age = input.placedAt.getTime() - touch.at.getTime();
  if (age < 0 && !touch.namedByOrder && -age > CLOCK_TOLERANCE) {
    return `the ${touch.class} touch came ${describeSpan(-age)} after the order`;
  }
  const window = (input.settings[touch.programId]?.settings.clickWindowSeconds ?? 0) * SECOND;
  if (WINDOWED.has(touch.class) && age > window) {
    return `${touch.class === 'link' ? 'click' : touch.class} is ${describeSpan(age)} old, window ${describeSpan(window)}`;
  }
  return undefined;
}
