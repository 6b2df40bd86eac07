import { z } from 'zod';

/** When the answer to a click is given: when it is stored, or at once and stored a moment later. */
export const CLICK_ANSWERS = ['when-stored', 'at-once'] as const;

const LONGEST_IP_HASH_DAYS = 90;

/** How a merchant's storefront treats its visitors; one set for all shops of the merchant. */
export interface StorefrontSettings {
  /** A touch of a page counts only where the visitor has consented. */
  consentRequired: boolean;
  /** A browser that sends `DNT: 1` leaves no touch. */
  respectDoNotTrack: boolean;
  /** A browser that sends `Sec-GPC: 1` leaves no touch. */
  respectGlobalPrivacyControl: boolean;
  /** How many days after its own end the key lives under which the IP addresses of a day are hashed. */
  ipHashDays: number;
  clickAnswer: (typeof CLICK_ANSWERS)[number];
}

/** Settings as they were once written; never changed. Revision 0 are the defaults, which nobody wrote. */
export interface StorefrontSettingsVersion {
  revision: number;
  settings: StorefrontSettings;
  changedAt: Date | null;
  /** The id of the staff member. */
  changedBy: string | null;
}

/** Reads settings; what is left out takes the default, which keeps the least of a visitor. */
export const storefrontSettings = z.strictObject({
  consentRequired: z
    .boolean()
    .default(true)
    .meta({ description: 'A touch of a page counts only where the visitor has consented' }),
  respectDoNotTrack: z
    .boolean()
    .default(true)
    .meta({ description: 'A browser that sends DNT: 1 leaves no touch' }),
  respectGlobalPrivacyControl: z
    .boolean()
    .default(true)
    .meta({ description: 'A browser that sends Sec-GPC: 1 leaves no touch' }),
  ipHashDays: z
    .int()
    .min(1)
    .max(LONGEST_IP_HASH_DAYS)
    .default(7)
    .meta({ description: 'After how many days the key is destroyed under which IP addresses are hashed' }),
  clickAnswer: z
    .enum(CLICK_ANSWERS)
    .default('when-stored')
    .meta({ description: 'at-once: faster, and a crash may lose the clicks of a moment' }),
});
