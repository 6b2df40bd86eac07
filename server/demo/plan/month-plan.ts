/**
 * A month of made-up trade as plain data. Amounts are minor units of the shop's currency.
 * It holds facts only: who is credited and what is earned follows from them and is written nowhere.
 */
export interface MonthPlan {
  seed: number;
  /** "2026-10", in UTC. */
  month: string;
  /** When the merchant begins: before the first click. */
  startsAt: Date;
  /** After the month's last delivery, and late enough for its statements. */
  endsAt: Date;
  shops: readonly PlannedShop[];
  affiliates: readonly PlannedAffiliate[];
  /** By the time of purchase. */
  orders: PlannedOrder[];
  /** In the order of arrival, repeats and late ones in their places. */
  deliveries: PlannedDelivery[];
}

export interface PlannedAffiliate {
  name: string;
  email: string;
  /** In links: `?ref=anna`. */
  code: string;
  /** Gives the buyer 10 % off. */
  couponCode: string;
}

/** How a shop tells us of its orders. */
export type ShopChannel = 'shopify' | 'woocommerce-plugin' | 'woocommerce-webhooks';

export interface PlannedShop {
  name: string;
  channel: ShopChannel;
  domain: string;
  currency: string;
  taxPpm: number;
  /** Whether its prices contain the tax; WooCommerce tells its lines without tax in either case. */
  taxIncluded: boolean;
  /** Without tax. */
  shippingPrice: bigint;
  goods: readonly Good[];
  /** How many of 320 orders are this shop's. */
  weight: number;
  firstOrderNumber: number;
}

export interface Good {
  productId: number;
  title: string;
  price: bigint;
}

export interface PlannedOrder {
  shop: PlannedShop;
  /** The platform's id of the order. */
  externalId: number;
  /** Also unique across the shops. */
  number: number;
  placedAt: Date;
  /** Null: never paid, because it was cancelled before. */
  paidAt: Date | null;
  buyer: Buyer;
  lines: PlannedLine[];
  shipping: { net: bigint; tax: bigint };
  coupon: PlannedCoupon | null;
  clicks: PlannedClick[];
  change: OrderChange | null;
}

export interface Buyer {
  customerId: number;
  firstName: string;
  lastName: string;
  email: string;
  street: string;
  city: string;
  postcode: string;
  country: string;
}

export interface PlannedLine {
  id: number;
  good: Good;
  quantity: number;
  /** Price x quantity, with the tax where the shop's prices contain it. */
  listed: bigint;
  discount: bigint;
  /** What is left after the discount, without tax. */
  net: bigint;
  tax: bigint;
}

/** A code on the order. `owner` null: the shop's own, of no affiliate. */
export interface PlannedCoupon {
  code: string;
  owner: PlannedAffiliate | null;
  discountPpm: number;
}

/** A visit by an affiliate's link, and what carried it to the order. */
export interface PlannedClick {
  key: string;
  affiliate: PlannedAffiliate;
  /** Where the link leads. */
  shop: PlannedShop;
  at: Date;
  visitorKey: string;
  carrier: 'touch-id' | 'code' | 'landing-page' | 'visitor-key';
}

/** What happens to an order after its payment, at most once. */
export type OrderChange =
  | { kind: 'refund-line'; at: Date; refundId: number; lineId: number; quantity: number; net: bigint; tax: bigint }
  /** Gross, of no line. */
  | { kind: 'refund-amount'; at: Date; refundId: number; amount: bigint }
  | { kind: 'refund-shipping'; at: Date; refundId: number }
  /** Units of a line are taken off, before anything was paid back. */
  | { kind: 'edit'; at: Date; lineId: number; removedUnits: number; net: bigint; tax: bigint }
  | { kind: 'cancel'; at: Date }; // prettier-ignore

/** How far an order has come. */
export type Stage = 'placed' | 'paid' | 'changed';

/** One message of a shop: the whole order as it is at a stage, or the refund alone (`refunds/create`). */
export interface PlannedDelivery {
  order: PlannedOrder;
  stage: Stage;
  topic: string;
  arrivesAt: Date;
  /** Counts the order's messages from 1, as the plugin does. */
  sequence: number;
  /** The same bytes came before. */
  repeated: boolean;
  /** A newer message of the order came before. */
  outOfOrder: boolean;
}
