import type { AffiliateIdentity } from '../../../shared/identity.ts';
import type { ProgramSettingsVersion } from '../../../shared/program-settings.ts';
import type { CreditPolicy } from '../decision/decision.ts';

/** What attribution asks of people: who owns a code, and how everybody stood at a moment. */
export interface ReferralDirectory {
  /** The membership that owned an affiliate code. */
  ownerOfCode(
    merchantId: string,
    foldedCode: string,
  ): Promise<{ programId: string; affiliateId: string } | undefined>;
  /** Who owned a coupon code at a moment, by an exact code or by a pattern (S10). */
  ownerOfCoupon(merchantId: string, foldedCode: string, at: Date): Promise<CouponOwner | undefined>;
  /** Whose products these are, in programmes that count product ownership at a moment (S3). */
  ownersOfProducts(merchantId: string, productIds: readonly string[], at: Date): Promise<ProductOwner[]>;
  /** How an affiliate stood in a programme at a moment. */
  standing(merchantId: string, programId: string, affiliateId: string, at: Date): Promise<Standing>;
  /** The settings of a programme that held at a moment; undefined before its first version. */
  settingsAt(merchantId: string, programId: string, at: Date): Promise<ProgramSettingsVersion | undefined>;
  /** The longest settle time of the merchant's programmes at a moment; the default's where there is none. */
  longestSettleHours(merchantId: string, at: Date): Promise<number>;
  /** A hash as buyers are hashed (S9). */
  buyerHash(merchantId: string): (value: string) => string;
}

export interface CouponOwner {
  couponId: string;
  programId: string;
  affiliateId: string;
  policy: CreditPolicy;
}

export interface ProductOwner {
  productId: string;
  programId: string;
  affiliateId: string;
}

export interface Standing {
  affiliateName: string;
  affiliate: string;
  membership: string;
  program: string;
  /** The member's group; null = in none. */
  group: string | null;
  /** As buyers are hashed. */
  identity: AffiliateIdentity;
}
