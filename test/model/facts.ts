// The language in which a made-up world tells the same things to the product and to the reference model.
// It imports nothing. Times are milliseconds, amounts minor units, rates parts per million.

export interface Line {
  id: string;
  product: string;
  categories: string[];
  /** Unit price x quantity, before discounts. */
  listed: bigint;
  discount: bigint;
  tax: bigint;
  taxIncluded: boolean;
  /** Set where prices contain tax and the platform reports no amount. */
  taxPpm: bigint | null;
  giftCard: boolean;
}

export interface RefundState {
  id: string;
  at: number;
  lines: { line: string; net: bigint; tax: bigint }[];
  /** Gross, beyond the lines. */
  amountOnly: bigint;
  made: boolean;
}

/** An order as its store describes it at one moment. */
export interface OrderState {
  currency: string;
  createdAt: number;
  payment: 'unpaid' | 'paid' | 'void' | 'unknown';
  paidAt: number | null;
  cancelled: boolean;
  removed: boolean;
  test: boolean;
  lines: Line[];
  /** Net amounts; below zero is a discount in disguise. */
  fees: bigint[];
  refunds: RefundState[];
}

/** Evidence on an order. A coupon's place in the list is its position on the platform. */
export type Clue =
  | { kind: 'coupon'; code: string }
  | { kind: 'code'; affiliate: string; carrier: string; statedAt: number | null }
  | { kind: 'touch'; touch: string }
  | { kind: 'visitor'; visitor: string };

export type TouchKind = 'link' | 'direct-link' | 'pixel';

export interface Rule {
  id: string;
  ppm: bigint;
  coupon?: boolean;
  code?: string;
  affiliate?: string;
  product?: string;
  category?: string;
  priority?: number;
}

export interface Settings {
  windowSeconds: number;
  order: 'last' | 'first';
  precedence: string[][];
  voidCodes: string[];
  settleHours: number;
  holdDays: number;
  approval: 'automatic' | 'by-person';
  /** For how many later orders a buyer stays bound; null = for ever. The reference model knows none. */
  boundForOrders?: number | null;
}

export type Policy = 'always' | 'if-involved' | 'if-winner' | 'never';

/** One thing that happens in the world; `key` names a delivery, the same key again is a repeat. */
export type Fact =
  | { kind: 'touch'; touch: string; visitor: string; affiliate: string; class: TouchKind }
  | {
      kind: 'order';
      key: string;
      order: string;
      channel: 'store-api' | 'plugin' | 'webhook';
      sequence: number | null;
      updatedAt: number;
      state: OrderState;
      clues: Clue[];
      /** The buyer's account in the shop; the reference model knows none. */
      buyer?: string | null;
    }
  | { kind: 'refund'; key: string; order: string; updatedAt: number; refund: RefundState }
  | { kind: 'removal'; key: string; order: string; updatedAt: number; sequence: number | null }
  | { kind: 'rules'; from: number; rules: Rule[] }
  | { kind: 'settings'; from: number; settings: Settings }
  | { kind: 'standing'; affiliate: string; active: boolean }
  | { kind: 'coupon'; code: string; policy: Policy; owner: string }
  // Who is approved, rejected ... : the newest commission of the order in a state that allows it.
  | { kind: 'assign'; order: string; affiliate: string }
  | { kind: 'approve'; order: string }
  | { kind: 'reject'; order: string }
  | { kind: 'hold'; order: string }
  | { kind: 'release'; order: string }
  | { kind: 'mark-paid'; order: string }
  | { kind: 'confirm-removal'; order: string }
  | { kind: 'time' };

/** What a sequence of facts comes to. The product and the model both answer with one. */
export interface Outcome {
  /** By order: who is credited, and by which class of touch; null = nobody. */
  winners: Record<string, string | null>;
  /** By `order affiliate currency`: the sum of all postings; a series of 0 is named only once posted. */
  posted: Record<string, bigint>;
  /** By `affiliate currency`; `paid`: what was paid out. */
  balances: Record<string, { pending: bigint; payable: bigint; paid: bigint }>;
}
