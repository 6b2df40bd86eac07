import type { ProgramSettingsVersion } from '../../shared/program-settings.ts';
import type { TouchClass } from '../../shared/touch.ts';

/** Counts up whenever a change of the code could change a decision. */
export const ENGINE_VERSION = 1;

export type CreditPolicy = 'always' | 'if-involved' | 'if-winner' | 'never';

/** A touch with all that was true of it at T: what a decision embeds, so that a replay reads nothing else. */
export interface ConsideredTouch {
  id: string;
  class: TouchClass;
  carrier: string;
  at: Date;
  code: string | null;
  programId: string;
  affiliateId: string;
  affiliateName: string;
  /** The order's own evidence names it, so it came before the order whatever the clocks say (S3). */
  namedByOrder: boolean;
  /** Only of coupons. */
  coupon: { policy: CreditPolicy; position: number } | null;
  /** At T. */
  standing: { affiliate: string; membership: string; program: string };
  /** Tests of S9 that hit. */
  selfReferral: { sameEmail: boolean };
}

/** Everything that a decision depends on. */
export interface DecisionInput {
  orderId: string;
  /** T of S3. */
  placedAt: Date;
  touches: ConsideredTouch[];
  /** Coupon codes on the order, folded, whoever owns them. */
  couponCodes: string[];
  /** The version that held at T, by programme id. */
  settings: Record<string, ProgramSettingsVersion>;
}

export interface Loser {
  touchId: string;
  /** In words, for merchant and affiliates alike. */
  reason: string;
  /** What would tell who bought: for the merchant only, null when there is nothing more to say (S16). */
  forMerchant: string | null;
}

/** Who is credited for an order, and why nobody else (S2, S3). */
export interface Decision {
  engineVersion: number;
  input: DecisionInput;
  winner: ConsideredTouch | null;
  /** Who gets which part of the winner's commission; one share of a whole unless the programme splits (S3). */
  shares: Share[];
  losers: Loser[];
  /** Why a person must decide before money moves (S9: hold), in words for the merchant; null = nobody must. */
  hold: string | null;
}

/** A part of the winner's commission. The parts of one decision add up to 1 000 000 ppm. */
export interface Share {
  touchId: string;
  class: TouchClass;
  programId: string;
  affiliateId: string;
  affiliateName: string;
  sharePpm: number;
}
