import { z } from 'zod';
import type { StatusChange } from '../../shared/history.ts';
import type { AffiliateIdentity } from '../../shared/identity.ts';

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
  /** By what they are known again as a buyer (S9); the hash of `email` is made when it is asked for. */
  identity: Omit<AffiliateIdentity, 'email'>;
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

const short = z.string().trim().min(1).max(200);

/** What a merchant tells of an affiliate as a possible buyer (S9). What is left out stays as it was. */
export const newIdentity = z.strictObject({
  storeAccounts: z
    .array(z.strictObject({ storeId: short.max(64), customerId: short }))
    .max(20)
    .optional()
    .meta({
      description: "The affiliate's own customer accounts in your shops; the list replaces the last one",
    }),
  address: z
    .strictObject({
      country: z.string().length(2, 'Use the two letters of the country, e.g. AT.'),
      postcode: z.string().max(40).default(''),
      city: z.string().max(200).default(''),
      line1: short,
      line2: z.string().max(200).optional(),
    })
    .nullable()
    .optional(),
  payoutAccount: short.nullable().optional().meta({ description: 'E.g. an IBAN; kept as a hash only' }),
});
export type NewIdentity = z.output<typeof newIdentity>;

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
