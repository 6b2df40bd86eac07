import { DAY, HOUR, MINUTE } from '../../shared/clock.ts';
import { AFFILIATE_DISCOUNT_PPM, AFFILIATES, SHOP_COUPON } from './cast.ts';
import type {
  PlannedAffiliate,
  PlannedClick,
  PlannedCoupon,
  PlannedShop,
  ShopChannel,
} from './month-plan.ts';
import type { SeededRandom } from './seeded-random.ts';

/** The ways in which buyers come, and how many of a hundred. */
export const REFERRAL_WEIGHTS = {
  link: 30,
  coupon: 18,
  /** Both of one affiliate. */
  'coupon-and-link': 8,
  /** A coupon of one affiliate, a link of another. */
  'coupon-against-link': 10,
  'link-and-shop-coupon': 4,
  /** Links of two affiliates, one after the other. */
  'two-links': 5,
  /** A click that is older than any window. */
  'stale-link': 3,
  /** An affiliate buys through the own link. */
  'own-purchase': 2,
  'shop-coupon': 4,
  nobody: 16,
};
export type ReferralKind = keyof typeof REFERRAL_WEIGHTS;

/** What a channel can carry from the click to the order. */
const CARRIERS: Record<ShopChannel, readonly PlannedClick['carrier'][]> = {
  shopify: ['touch-id', 'code', 'landing-page'],
  'woocommerce-plugin': ['touch-id', 'code', 'visitor-key'],
  'woocommerce-webhooks': ['touch-id', 'code', 'landing-page'],
};

const STALE_FROM = 40 * DAY;

export interface Referral {
  coupon: PlannedCoupon | null;
  /** In the order of time. */
  clicks: PlannedClick[];
  /** The affiliate who is the buyer. */
  isOwnPurchase: boolean;
}

/** Who sent a buyer to an order, and by what. */
export function planReferral(
  kind: ReferralKind,
  order: { number: number; placedAt: Date; shop: PlannedShop },
  random: SeededRandom,
): Referral {
  const [first, second] = random.shuffle(AFFILIATES) as [PlannedAffiliate, PlannedAffiliate];
  const clickOf = (affiliate: PlannedAffiliate, agoFrom: number, agoTo: number): PlannedClick => ({
    key: `${order.number}/${affiliate.code}`,
    affiliate,
    shop: order.shop,
    at: random.moment(order.placedAt, -agoTo, -agoFrom),
    visitorKey: `visitor-of-order-${order.number}`,
    carrier: random.pick(CARRIERS[order.shop.channel]),
  });
  const recent = (affiliate: PlannedAffiliate): PlannedClick => clickOf(affiliate, 2 * MINUTE, 2 * DAY);
  const byId = (click: PlannedClick): PlannedClick => ({ ...click, carrier: 'touch-id' });
  const none: Referral = { coupon: null, clicks: [], isOwnPurchase: false };
  switch (kind) {
    case 'link':
      return { ...none, clicks: [recent(first)] };
    case 'coupon':
      return { ...none, coupon: couponOf(first) };
    case 'coupon-and-link':
      return { ...none, coupon: couponOf(first), clicks: [recent(first)] };
    case 'coupon-against-link':
      return { ...none, coupon: couponOf(first), clicks: [recent(second)] };
    case 'link-and-shop-coupon':
      return { ...none, coupon: SHOP_COUPON, clicks: [recent(first)] };
    case 'two-links':
      return { ...none, clicks: [clickOf(second, 3 * DAY, 5 * DAY), recent(first)].map(byVisitor) };
    case 'stale-link':
      return { ...none, clicks: [byId(clickOf(first, STALE_FROM, STALE_FROM + DAY))] };
    case 'own-purchase':
      return { ...none, clicks: [byId(clickOf(first, HOUR, DAY))], isOwnPurchase: true };
    case 'shop-coupon':
      return { ...none, coupon: SHOP_COUPON };
    case 'nobody':
      return none;
  }
}

/** Only a visitor key reaches more than one click. */
const byVisitor = (click: PlannedClick): PlannedClick => ({ ...click, carrier: 'visitor-key' });

const couponOf = (owner: PlannedAffiliate): PlannedCoupon => ({
  code: owner.couponCode,
  owner,
  discountPpm: AFFILIATE_DISCOUNT_PPM,
});
