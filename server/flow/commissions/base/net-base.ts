/** What a commission is computed on, per line, with each step that led there (S4, S6). Minor units. */
export interface NetBase {
  lines: LineBase[];
  total: bigint;
}

export interface LineBase {
  lineId: string;
  /** `shipping` and `fee` are in the base only where the rules take them in (S4). */
  kind: 'goods' | 'shipping' | 'fee';
  title: string;
  productId: string | null;
  categoryIds: string[];
  quantity: number;
  listed: bigint;
  discount: bigint;
  /** The line's tax, contained in the price or on top of it. */
  tax: bigint;
  /** True when `listed` contains `tax`. */
  taxIncluded: boolean;
  /** The rate from which `tax` was computed where the platform reports no amount; else null. */
  containedTaxPpm: number | null;
  /** The part of `tax` that the price contained. */
  containedTax: bigint;
  /** Share of negative fees. */
  feeShare: bigint;
  /** Units taken off by edits of the order, and what they were worth. */
  removedUnits: number;
  removed: bigint;
  /** Refunded by line, without tax. */
  refunded: bigint;
  /** Share of refunds that name an amount only, without tax. */
  refundShare: bigint;
  /** Units that edits and refunds by line left; none where such refunds took the whole amount (S5, flat). */
  units: number;
  /** Why the line is outside the base, or null. */
  excluded: string | null;
  base: bigint;
}
