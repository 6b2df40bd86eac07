import { z } from 'zod';
import { ownerAt, type CodeAssignment } from '../../../shared/history.ts';
import { id } from '../../../platform/http/index.ts';

/** When a redemption earns (S3): always, with another touch of the owner, only if the owner wins, never. */
export const CREDIT_POLICIES = ['always', 'if-involved', 'if-winner', 'never'] as const;
export type CreditPolicy = (typeof CREDIT_POLICIES)[number];

/** A coupon code of a merchant's shops that tells who sent the buyer (S10). */
export interface Coupon {
  id: string;
  merchantId: string;
  programId: string;
  /** As people write it. */
  code: string;
  /** As codes are compared (S10); one coupon per code and merchant. */
  foldedCode: string;
  creditPolicy: CreditPolicy;
  /** Who owned it from when until when, never overlapping; the owner at redemption counts. */
  assignments: CodeAssignment[];
  createdAt: Date;
}

/** What a merchant tells to give a code to an affiliate. */
export const newCoupon = z.strictObject({
  programId: id,
  affiliateId: id,
  code: z.string().trim().min(1).max(64),
  creditPolicy: z.enum(CREDIT_POLICIES).default('always'),
});
export type NewCoupon = z.output<typeof newCoupon>;

/** Who owns a coupon at a moment; null = nobody. */
export function couponOwner(coupon: Coupon, moment: Date): string | null {
  return ownerAt(coupon.assignments, moment) ?? null;
}
