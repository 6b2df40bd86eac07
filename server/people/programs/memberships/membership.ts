import { z } from 'zod';
import type { GroupChange, StatusChange } from '../../../shared/history.ts';
import { id } from '../../../platform/http/index.ts';

export const MEMBERSHIP_STATUSES = ['applied', 'approved', 'rejected', 'ended'] as const;
export type MembershipStatus = (typeof MEMBERSHIP_STATUSES)[number];

/** From each status, where a membership may go. */
export const MEMBERSHIP_MOVES: Readonly<Record<MembershipStatus, readonly MembershipStatus[]>> = {
  applied: ['approved', 'rejected'],
  approved: ['ended'],
  rejected: ['approved'],
  ended: ['approved'],
};

/** An affiliate's part in a programme, with the code that their links carry. */
export interface Membership {
  id: string;
  merchantId: string;
  programId: string;
  affiliateId: string;
  /** As people write it. */
  code: string;
  /** As codes are compared (S10); one membership per code and merchant. */
  foldedCode: string;
  status: MembershipStatus;
  statuses: StatusChange<MembershipStatus>[];
  /** The newest of `groups`; null = in none. */
  group: string | null;
  /** Since when the member is in which group; commissions ask for the one at T (S5). */
  groups: GroupChange[];
  createdAt: Date;
}

/** The form of codes that links carry; the snippet and the plugins refuse any other. */
export const affiliateCode = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Use letters, digits, "-" and "_", at most 64.');

/** What a merchant tells to take an affiliate into a programme. */
export const newMembership = z.strictObject({
  affiliateId: id,
  code: affiliateCode.optional().meta({ description: 'Made from the name when left out' }),
  status: z.enum(['applied', 'approved']).default('approved'),
});
export type NewMembership = z.output<typeof newMembership>;

/** What a merchant tells to put a member into a group. */
export const newGroup = z.strictObject({
  group: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .nullable()
    .meta({ description: 'For rates by group; null = in none' }),
});
