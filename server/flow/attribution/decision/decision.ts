import type { ProgramSettings, ProgramSettingsVersion } from '../../../shared/program-settings.ts';
import type { TouchClass } from '../../../shared/touch.ts';

/** Counts up whenever a change of the code could change a decision. */
export const ENGINE_VERSION = 2;

/** The first engine whose inputs hold all that this one reads. */
export const FIRST_COMPLETE_ENGINE = 2;

export type CreditPolicy = 'always' | 'if-involved' | 'if-winner' | 'never';

/** A touch with all that was true of it at T: what a decision embeds, so that a replay reads nothing else. */
export interface ConsideredTouch {
  id: string;
  class: TouchClass;
  carrier: string;
  /** t of S3. Of a customer binding: the T of the order that binds. */
  at: Date;
  code: string | null;
  programId: string;
  affiliateId: string;
  affiliateName: string;
  /** The member's group at T, for rates by group (S5). */
  group: string | null;
  /** The order's own evidence names it, so it came before the order whatever the clocks say (S3). */
  namedByOrder: boolean;
  /** We saw it ourselves when it happened; only such a touch can be late (S3). */
  receivedByUs: boolean;
  /** Why its source is blocked, in words; null = it is not. */
  blocked: string | null;
  /** What the merchant should know of its source, in words; it changes nothing. Null = nothing. */
  flagged: string | null;
  /** Only of coupons. */
  coupon: { policy: CreditPolicy; position: number } | null;
  /** Only of customer bindings: the earlier order that may bind. */
  binding: { orderId: string } | null;
  /** Only of manual touches: who assigned the order (id of the staff member), and why (S11). */
  manual: { staffId: string; reason: string } | null;
  /** At T. */
  standing: { affiliate: string; membership: string; program: string };
  selfReferral: SelfReferralFacts;
}

/** What of the buyer equals what of the affiliate (S9); the settings say what follows. */
export interface SelfReferralFacts {
  sameStoreAccount: boolean;
  sameEmail: boolean;
  sameAddress: boolean;
  samePayoutAccount: boolean;
  /** The affiliate's last sign-in before T from the buyer's network; null = none. */
  sameIpAt: Date | null;
  sameBrowser: boolean;
}

/** An order of the same buyer with an earlier T, as far as a decision asks (S8, customer binding). */
export interface EarlierOrder {
  orderId: string;
  storeId: string;
  /** The platform's id; with the store it decides ties of T. */
  externalId: string;
  number: string;
  placedAt: Date;
  paid: boolean;
  /** By refunds that were made until T of the order that is decided. */
  fullyRefunded: boolean;
  /** Who won it. */
  credited: { programId: string; affiliateId: string } | null;
}

/** Settings as far as they decide: sources are judged when a touch arrives, by the settings of that moment. */
export interface DecidingSettings extends Omit<ProgramSettingsVersion, 'settings'> {
  settings: Omit<ProgramSettings, 'blockedSources'>;
}

/** Everything that a decision depends on. */
export interface DecisionInput {
  orderId: string;
  /** T of S3. */
  placedAt: Date;
  /** When the buyer's checkout began; null where the store does not tell (S3, late touches). */
  checkoutStartedAt: Date | null;
  /** Earlier orders of the buyer, the oldest first. */
  earlierOrders: EarlierOrder[];
  /** Earlier orders as the platform counts them (S8); null where it does not. */
  platformEarlierOrders: number | null;
  touches: ConsideredTouch[];
  /** Coupon codes on the order, folded, whoever owns them. */
  couponCodes: string[];
  /** The version that held at T, by programme id. */
  settings: Record<string, DecidingSettings>;
  /**
   * Where no programme is involved: the longest settle time of the merchant's programmes at T, which holds then
   * (S3). Null where one is involved.
   */
  longestSettleHours: number | null;
}

export interface Loser {
  touchId: string;
  /** In words, for merchant and affiliates alike. */
  reason: string;
  /** What would tell who bought: for the merchant only, null when there is nothing more to say (S16). */
  forMerchant: string | null;
}

/** What a step of the decision leaves: the touches that still may earn, and those it took out, with reasons. */
export interface Sifted {
  kept: ConsideredTouch[];
  losers: Loser[];
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
  newCustomer: NewCustomer;
}

/** Whether the buyer bought for the first time (S8), and why we think so, in words. */
export interface NewCustomer {
  isNew: boolean;
  because: string;
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
