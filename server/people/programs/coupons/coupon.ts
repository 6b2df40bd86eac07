import { z } from 'zod';
import { ownerAt, type CodeAssignment } from '../../../shared/history.ts';
import type { CouponTerms } from '../../../shared/store-coupon.ts';
import { id } from '../../../platform/http/index.ts';
import type { CouponStanding } from './terms/coupon-standing.ts';

/** When a redemption earns (S3): always, with another touch of the owner, only if the owner wins, never. */
export const CREDIT_POLICIES = ['always', 'if-involved', 'if-winner', 'never'] as const;
export type CreditPolicy = (typeof CREDIT_POLICIES)[number];

/** A coupon code of a merchant's shops that tells who sent the buyer (S10). */
export interface Coupon {
  id: string;
  merchantId: string;
  programId: string;
  /** As people write it; one that ends in `*` is a pattern and owns every code that begins so. */
  code: string;
  /** As codes are compared (S10); one coupon per code and merchant. */
  foldedCode: string;
  creditPolicy: CreditPolicy;
  /** Who owned it from when until when, never overlapping; the owner at redemption counts. */
  assignments: CodeAssignment[];
  /** What it takes off in shops; null = the shops' owners see to that themselves. */
  terms: CouponTerms | null;
  isPaused: boolean;
  /** Whether a coupon of this code that a shop has already may be made ours. */
  mayAdopt: boolean;
  /** The shops that are to have it; null = all that gave their keys. */
  storeIds: string[] | null;
  /** Counts what shops are to be told. */
  termsRevision: number;
  /** How it stands in each shop, by the store's id. */
  standings: Record<string, CouponStanding>;
  createdAt: Date;
}

/** Of a coupon for which nothing is set that shops could hold. */
export const NO_TERMS = {
  terms: null,
  isPaused: false,
  mayAdopt: false,
  storeIds: null,
  termsRevision: 0,
  standings: {},
} as const satisfies Partial<Coupon>;

/** A star anywhere but at the end, or after so few signs that a pattern would own half of the shop's codes. */
const BAD_PATTERN = /^.{0,2}\*$|\*./u;

/** What a merchant tells to give a code to an affiliate. */
export const newCoupon = z.strictObject({
  programId: id,
  affiliateId: id,
  code: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .refine(
      (code) => !BAD_PATTERN.test(code),
      'A pattern is at least three signs and one * at its end: ANNA-*',
    )
    .meta({ description: 'ANNA-* owns every code that begins with ANNA-; an exact code beats a pattern' }),
  creditPolicy: z.enum(CREDIT_POLICIES).default('always'),
});
export type NewCoupon = z.output<typeof newCoupon>;

/** Who owns a coupon at a moment; null = nobody. */
export function couponOwner(coupon: Coupon, moment: Date): string | null {
  return ownerAt(coupon.assignments, moment) ?? null;
}
