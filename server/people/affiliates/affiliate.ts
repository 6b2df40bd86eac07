import { z } from 'zod';
import type { StatusChange } from '../../shared/history.ts';

export const AFFILIATE_STATUSES = ['applied', 'active', 'suspended', 'rejected'] as const;
export type AffiliateStatus = (typeof AFFILIATE_STATUSES)[number];

/** From each status, where an affiliate may go. */
export const AFFILIATE_MOVES: Readonly<Record<AffiliateStatus, readonly AffiliateStatus[]>> = {
  applied: ['active', 'rejected'],
  active: ['suspended'],
  suspended: ['active'],
  rejected: ['active'],
};

/** Somebody who sends buyers to a merchant's shops and earns by it. */
export interface Affiliate {
  id: string;
  merchantId: string;
  name: string;
  /** In lower case; one affiliate per address and merchant. */
  email: string;
  /** BCP 47, for e-mails and pages. */
  locale: string;
  /** Who earns a part of this affiliate's sales (S5, levels); null = nobody. */
  parentId: string | null;
  /** The newest of `statuses`. */
  status: AffiliateStatus;
  /** Since when they stand where; attribution asks how they stood at T (S3). */
  statuses: StatusChange<AffiliateStatus>[];
  createdAt: Date;
}

/** What a merchant tells to add an affiliate. */
export const newAffiliate = z.strictObject({
  name: z.string().trim().min(1).max(120),
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  locale: z.string().max(35).refine(isLocale, 'Use a language tag such as "en" or "de-AT".').default('en'),
  status: z
    .enum(['applied', 'active'])
    .default('active')
    .meta({ description: 'applied: to be approved later' }),
});
export type NewAffiliate = z.output<typeof newAffiliate>;

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
