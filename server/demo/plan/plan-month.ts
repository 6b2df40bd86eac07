import { DAY, HOUR, MINUTE } from '../../shared/clock.ts';
import { allocate } from '../../shared/money.ts';
import { AFFILIATES, SHOPS } from './cast.ts';
import type { MonthPlan, PlannedOrder, PlannedShop } from './month-plan.ts';
import { planBuyer } from './plan-buyer.ts';
import { planChange, type ChangeKind } from './plan-change.ts';
import { planDeliveries } from './plan-deliveries.ts';
import { planGoods } from './plan-goods.ts';
import { planReferral, REFERRAL_WEIGHTS, type ReferralKind } from './plan-referral.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';

const MONTH = '2026-10';
const FIRST_DAY = new Date('2026-10-01T00:00:00Z');
/** Early enough that a click can grow older than any window. */
const STARTS_AT = new Date('2026-08-20T08:00:00Z');
const ENDS_AT = new Date('2026-11-01T06:00:00Z');
/** So that the changes of the last orders still fall into the month. */
const SELLING_DAYS = 26;

const USUAL_ORDERS = 320;
const REFUNDED_SHARE = 0.08;
const EDITED_SHARE = 0.02;
const CANCELLED_SHARE = 0.02;
const REFUND_KINDS: readonly ChangeKind[] = ['refund-line', 'refund-amount', 'refund-shipping'];

/** An order before it has goods: where, when, how the buyer came, and what will become of it. */
interface Draft {
  shop: PlannedShop;
  number: number;
  placedAt: Date;
  referral: ReferralKind;
  change: ChangeKind | null;
}

/** Makes up a month of trade. Pure: the same seed and size give the same month. */
export function planMonth({
  seed,
  orders: size = USUAL_ORDERS,
}: {
  seed: number;
  orders?: number;
}): MonthPlan {
  const random = createSeededRandom(seed);
  const drafts = draftOrders(size, random);
  const orders = drafts
    .map((draft) => planOrder(draft, random))
    .sort((a, b) => a.placedAt.getTime() - b.placedAt.getTime() || a.number - b.number);
  const deliveries = planDeliveries(orders, random);
  return {
    seed,
    month: MONTH,
    startsAt: STARTS_AT,
    endsAt: ENDS_AT,
    shops: SHOPS,
    affiliates: AFFILIATES,
    orders,
    deliveries,
  };
}

function draftOrders(size: number, random: SeededRandom): Draft[] {
  const perShop = split(
    size,
    SHOPS.map(({ weight }) => weight),
  );
  const referrals = random.shuffle(spreadReferrals(size));
  const drafts = SHOPS.flatMap((shop, index) => draftShop(shop, perShop[index] ?? 0, random)).map(
    (draft, index) => ({ ...draft, referral: fitReferral(referrals[index] ?? 'nobody', draft.shop) }),
  );
  return markChanges(drafts, random);
}

function draftShop(shop: PlannedShop, count: number, random: SeededRandom): Omit<Draft, 'referral'>[] {
  const times = Array.from({ length: count }, () => random.moment(FIRST_DAY, 0, SELLING_DAYS * DAY));
  return times
    .sort((a, b) => a.getTime() - b.getTime())
    .map((placedAt, index) => ({ shop, number: shop.firstOrderNumber + index, placedAt, change: null }));
}

/** Every way to come, as often as its weight says. */
function spreadReferrals(size: number): ReferralKind[] {
  const kinds = Object.keys(REFERRAL_WEIGHTS) as ReferralKind[];
  const counts = split(
    size,
    kinds.map((kind) => REFERRAL_WEIGHTS[kind]),
  );
  return kinds.flatMap((kind, index) => Array.from({ length: counts[index] ?? 0 }, () => kind));
}

/** Only the plugin knows the visitor, who ties two links together. */
function fitReferral(kind: ReferralKind, shop: PlannedShop): ReferralKind {
  return kind === 'two-links' && shop.channel !== 'woocommerce-plugin' ? 'link' : kind;
}

/**
 * Decides which orders are refunded, edited and cancelled. The first refund is one by line of an order that
 * came by one affiliate's coupon against another's link: its receipt tells the most.
 */
function markChanges(drafts: Draft[], random: SeededRandom): Draft[] {
  const tellsRefunds = ({ shop }: Draft): boolean => shop.channel !== 'woocommerce-webhooks';
  const shuffled = random.shuffle(drafts);
  const telling = shuffled.find((draft) => draft.referral === 'coupon-against-link' && tellsRefunds(draft));
  const refundable = shuffled.filter((draft) => draft !== telling && tellsRefunds(draft));
  const refunded = [...(telling ? [telling] : []), ...refundable].slice(0, countOf(drafts, REFUNDED_SHARE));
  const others = random.shuffle(shuffled.filter((draft) => !refunded.includes(draft)));
  const edits = countOf(drafts, EDITED_SHARE);
  const edited = others.slice(0, edits);
  const cancelled = others.slice(edits, edits + countOf(drafts, CANCELLED_SHARE));
  return drafts.map((draft) => {
    const refund = refunded.indexOf(draft);
    if (refund >= 0) return { ...draft, change: REFUND_KINDS[refund % REFUND_KINDS.length] ?? null };
    if (edited.includes(draft)) return { ...draft, change: 'edit' };
    return cancelled.includes(draft) ? { ...draft, change: 'cancel' } : draft;
  });
}

function planOrder(draft: Draft, random: SeededRandom): PlannedOrder {
  const { shop, number, placedAt } = draft;
  const { coupon, clicks, isOwnPurchase } = planReferral(draft.referral, draft, random);
  const goods = planGoods(
    {
      shop,
      number,
      discountPpm: coupon?.discountPpm ?? 0,
      fewestLines: draft.referral === 'coupon-against-link' ? 2 : 1,
      fewestUnits: draft.change === 'edit' ? 2 : 1,
    },
    random,
  );
  const buyer = planBuyer(number, random);
  const paidAt = draft.change === 'cancel' ? null : planPayment(placedAt, random);
  const change = draft.change && planChange(draft.change, { number, placedAt, paidAt, ...goods }, random);
  return {
    shop,
    externalId: externalIdOf(shop, number),
    number,
    placedAt,
    paidAt,
    buyer: isOwnPurchase ? { ...buyer, email: clicks[0]?.affiliate.email ?? buyer.email } : buyer,
    ...goods,
    coupon,
    clicks,
    change,
  };
}

/** By card at once, or by bank transfer within a day. */
function planPayment(placedAt: Date, random: SeededRandom): Date {
  return random.fraction() < 0.9
    ? random.moment(placedAt, MINUTE, 9 * MINUTE)
    : random.moment(placedAt, 4 * HOUR, DAY);
}

/** Shopify's order ids are 13 digits long by now. */
function externalIdOf({ channel }: PlannedShop, number: number): number {
  return channel === 'shopify' ? 7_018_000_000_000 + number * 1_024 : number;
}

const countOf = (drafts: Draft[], share: number): number => Math.ceil(drafts.length * share);

const split = (total: number, weights: readonly number[]): number[] =>
  allocate(BigInt(total), weights.map(BigInt)).map((part) => Number(part));
