/** What a commission is computed on, per line, with each step that led there (S4, S6). Minor units. */
export interface NetBase {
  lines: LineBase[];
  total: bigint;
}

export interface LineBase {
  lineId: string;
  title: string;
  productId: string | null;
  categoryIds: string[];
  quantity: number;
  listed: bigint;
  discount: bigint;
  /** The line's tax, contained in the price or on top of it. */
  tax: bigint;
  /** The part of `tax` that the price contained. */
  containedTax: bigint;
  /** Share of negative fees. */
  feeShare: bigint;
  /** Taken off by edits of the order. */
  removed: bigint;
  /** Refunded by line, without tax. */
  refunded: bigint;
  /** Share of refunds that name an amount only, without tax. */
  refundShare: bigint;
  /** Why the line is outside the base, or null. */
  excluded: string | null;
  base: bigint;
}
