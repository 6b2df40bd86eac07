import type { ProgramRulesVersion } from '../../../shared/program-rules.ts';
import type { ProgramSettings } from '../../../shared/program-settings.ts';
import type { OrderSnapshot } from '../../../shared/order.ts';
import type { Receipt, ReceiptTouch } from '../receipts/receipt.ts';

/** The decision that holds for the order, as far as a posting needs it. */
export interface CreditedSale {
  decision: number;
  engineVersion: number;
  winner: (ReceiptTouch & { affiliateId: string; programId: string }) | null;
  /** Who gets which part of the winner's commission, together 1 000 000 ppm; one share unless it is split (S3). */
  shares: CreditedShare[];
  losers: Receipt['attribution']['losers'];
  /** The winner's group at T; null = none. */
  groupId: string | null;
  /** The winner's own coupon codes on the order, folded. */
  ownCodes: string[];
  /** Why a person must decide before money moves, or null (S9). */
  hold: string | null;
  settingsVersion: number;
  /** The settings of S7 that held at T; null when nobody won. */
  terms: Pick<ProgramSettings, 'hold' | 'approval'> | null;
  /** The rule version that held at T; null when nobody won. */
  rules: ProgramRulesVersion | null;
}

export interface CreditedShare {
  affiliateId: string;
  programId: string;
  affiliateName: string;
  class: string;
  sharePpm: number;
}

/** An order version for which a difference is to be posted. */
export interface VersionToPost {
  orderId: string;
  placedAt: Date;
  version: number;
  snapshot: OrderSnapshot;
}
