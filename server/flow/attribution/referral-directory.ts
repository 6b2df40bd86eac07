import type { ProgramSettingsVersion } from '../../shared/program-settings.ts';
import type { CreditPolicy } from './decision.ts';

/** What attribution asks of people: who owns a code, and how everybody stood at a moment. */
export interface ReferralDirectory {
  /** The membership that owned an affiliate code. */
  ownerOfCode(
    merchantId: string,
    foldedCode: string,
  ): Promise<{ programId: string; affiliateId: string } | undefined>;
  /** Who owned a coupon code at a moment (S10). */
  ownerOfCoupon(merchantId: string, foldedCode: string, at: Date): Promise<CouponOwner | undefined>;
  /** How an affiliate stood in a programme at a moment. */
  standing(merchantId: string, programId: string, affiliateId: string, at: Date): Promise<Standing>;
  /** The settings of a programme that held at a moment; undefined before its first version. */
  settingsAt(merchantId: string, programId: string, at: Date): Promise<ProgramSettingsVersion | undefined>;
}

export interface CouponOwner {
  couponId: string;
  programId: string;
  affiliateId: string;
  policy: CreditPolicy;
}

export interface Standing {
  affiliateName: string;
  affiliate: string;
  membership: string;
  program: string;
  /** Keyed hash of the affiliate's e-mail address, as buyers' are hashed. */
  emailKey: string | null;
}
