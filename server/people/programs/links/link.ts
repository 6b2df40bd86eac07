import { z } from 'zod';
import { id } from '../../../platform/http/index.ts';

/** A short link of an affiliate: `/r/<slug>` leads to the target and records a touch. */
export interface Link {
  id: string;
  merchantId: string;
  programId: string;
  affiliateId: string;
  /** The address knows no merchant, so that a slug is unique everywhere. */
  slug: string;
  /** On one of the merchant's own shops. */
  targetUrl: string;
  createdAt: Date;
}

/** What a merchant tells to make a link. */
export const newLink = z.strictObject({
  programId: id,
  affiliateId: id,
  targetUrl: z.string().max(2_000).meta({ description: 'A page of one of your connected shops' }),
  slug: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{2,63}$/, 'Use 3 to 64 of a-z, 0-9 and "-".')
    .optional()
    .meta({ description: 'Random when left out' }),
});
export type NewLink = z.output<typeof newLink>;
