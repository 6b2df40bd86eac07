import type { OrderFee, OrderSnapshot, Refund } from '../../../shared/order.ts';
import type { RuleTerms } from '../../../shared/program-rules.ts';
import type { CommissionLine, OrderCommission } from '../rules/compute-commission.ts';

/** All that is needed to recompute a posting by hand (S16). Minor units of `order.currency`. No buyer in it. */
export interface Receipt {
  order: {
    id: string;
    number: string;
    version: number;
    placedAt: Date;
    updatedAt: Date;
    currency: string;
    status: string;
    payment: string;
    cancelled: boolean;
    removed: boolean;
    test: boolean;
    chargeback: OrderSnapshot['chargeback'];
    /** As the store told them; which lines they lowered stands with the lines. */
    refunds: Refund[];
    fees: OrderFee[];
    shipping: OrderFee;
  };
  affiliate: { id: string; name: string };
  program: { id: string; rulesVersion: number; settingsVersion: number };
  attribution: {
    decision: number;
    engineVersion: number;
    winner: ReceiptTouch | null;
    losers: (ReceiptTouch & { reason: string })[];
  };
  /** What the rules version says beside its rules; null where no rules were asked. */
  terms: RuleTerms | null;
  lines: CommissionLine[];
  orderCommissions: OrderCommission[];
  base: bigint;
  /** How the order's commission was split between affiliates by largest remainder, or null (S3). */
  split: {
    whole: bigint;
    shares: { affiliateName: string; class: string; sharePpm: number }[];
    /** Which share this receipt is about. */
    index: number;
  } | null;
  /** What this affiliate should have earned for the order in total. */
  target: bigint;
  nothingBecause: string | null;
  /** Why a person rejected the affiliate's commission; then nothing is earned (S7). */
  rejected: string | null;
  earlier: { postingId: string; orderVersion: number; amount: bigint }[];
  alreadyPosted: bigint;
  /** target - alreadyPosted */
  difference: bigint;
  /** The difference, cut so that each reversal takes back commissions of one state; together the difference (S7). */
  parts: { reverses: string | null; amount: bigint }[];
  /** The newest of the earlier postings that this one takes back; null for a commission. */
  reverses: string | null;
  /** This posting's part of the difference. */
  amount: bigint;
  /** SHA-256 of everything above (docs/developers/receipts.md). */
  hash: string;
}

export interface ReceiptTouch {
  class: string;
  carrier: string;
  at: Date;
  code: string | null;
  affiliateName: string;
}
