/**
 * The order as a store described it at one moment, in our own words: after translation no code knows
 * which platform it came from. All amounts are minor units of `currency`, the store's own currency (S4).
 */
export interface OrderSnapshot {
  /** A lead is recorded like an order that sells nothing (S5). Left out: a sale. */
  kind?: 'sale' | 'lead';
  /** The platform's id of the order, as a string. */
  externalId: string;
  /** What people call the order, e.g. "#1001". */
  number: string;
  currency: string;
  /** The store's own creation time (S3: T). */
  createdAt: Date;
  updatedAt: Date;
  /** The store's own word for the order's state, in lower case, e.g. "processing" or "partially_refunded". */
  status: string;
  /** `unknown`: a status we do not know; the last known payment state holds (S7). */
  payment: 'unpaid' | 'paid' | 'void' | 'unknown';
  paidAt: Date | null;
  cancelled: boolean;
  /** Trashed or deleted in the store; counts as cancelled until restored (S6). */
  removed: boolean;
  /** A platform's test order: recorded, never earns (S4). */
  test: boolean;
  /** The amounts are hints that the store is to be read for (woocommerce.md 7); nothing is posted for them. */
  provisional: boolean;
  lines: OrderLine[];
  fees: OrderFee[];
  refunds: Refund[];
  /** When the buyer's checkout began, if the store told (S3, late touches). */
  checkoutStartedAt: Date | null;
  /** When everything was fulfilled, where the store tells (S7: a hold that starts then). */
  fulfilledAt: Date | null;
  /** What became of a charge-back: a lost one earns nothing, an open or won one changes nothing (S6). */
  chargeback: 'none' | 'open' | 'lost' | 'won';
  /** What the buyer paid for shipping; outside the base unless a rule takes it in (S4). */
  shipping: OrderFee;
}

export interface OrderLine {
  id: string;
  productId: string | null;
  categoryIds: string[];
  title: string;
  quantity: number;
  /** Unit price x quantity as the platform lists it, before discounts. */
  listed: bigint;
  /** Every discount the platform allocated to the line. */
  discount: bigint;
  /** The line's tax after discounts. */
  tax: bigint;
  /** True when `listed` contains `tax`. */
  taxIncluded: boolean;
  /** Tax in ppm where prices include tax and the platform reports no amount (S4); else null. */
  containedTaxPpm: number | null;
  /** A bought gift card is outside the base (S4). */
  giftCard: boolean;
  /** Units taken off by an edit and not by a refund (shopify.md 9). */
  removedUnits: number;
}

/** A fee; a negative one is a discount in disguise and lowers the lines by weight (S4). */
export interface OrderFee {
  id: string;
  net: bigint;
  tax: bigint;
}

/** A refund as the store described it. Amounts are positive. */
export interface Refund {
  id: string;
  createdAt: Date;
  lines: RefundLine[];
  /** Gross amount given back beyond the lines and shipping, tax included (S6, amount-only). */
  amountOnly: bigint;
  /** Shipping given back, tax included: outside the base unless a rule takes it in. */
  shipping: bigint;
  /** The tax in `shipping`; null where the store does not tell it. */
  shippingTax: bigint | null;
  /** Fees given back, by the order's id of each fee. */
  fees: OrderFee[];
  /** False when every transaction failed: such a refund was not made (S6). */
  made: boolean;
  /** Only a total is known: the order is to be read from the store and nothing is posted for it (S6). */
  totalOnly: boolean;
}

export interface RefundLine {
  lineId: string;
  quantity: number;
  /** Without tax. */
  net: bigint;
  tax: bigint;
}
