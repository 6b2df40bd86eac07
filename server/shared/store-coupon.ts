/** What a code takes off the buyer's price. Amounts are minor units of the shop's currency. */
export type CouponDiscount =
  | { kind: 'percent'; ratePpm: number }
  | { kind: 'fixed'; per: 'cart' | 'product'; amount: bigint; currency: string };

/** What a merchant sets of a coupon, and every shop is to hold. */
export interface CouponTerms {
  discount: CouponDiscount;
  /** What the cart must come to; null = nothing. */
  minimum: { amount: bigint; currency: string } | null;
  /** How often it can be used, by everybody and by one buyer; null = as often as they like. */
  usageLimit: number | null;
  usageLimitPerCustomer: number | null;
  expiresAt: Date | null;
}

/** A coupon as one shop is to hold it. */
export interface StoreCoupon {
  code: string;
  /** Null: it is to be gone. */
  terms: CouponTerms | null;
  /** A paused one stays in the shop and discounts nothing. */
  isPaused: boolean;
  /** Who owns it; null = nobody. */
  affiliateId: string | null;
  /** What the shop calls it, as far as we know. */
  externalId: number | null;
  /** Whether a coupon of this code that is not ours may be made ours. */
  mayAdopt: boolean;
}

/** How a coupon stands in a shop. */
export type StoreCouponResult =
  | { state: 'in step'; externalId: number | null }
  | { state: 'differs'; externalId: number | null; differences: CouponDifference[] }
  | { state: 'failed'; externalId: number | null; reason: string };

/** A field that the shop holds otherwise. Both in the shop's own words. */
export interface CouponDifference {
  field: string;
  wanted: string;
  found: string;
}
