import { z } from 'zod';
import type { StatusChange } from '../../../shared/history.ts';
import { id } from '../../../platform/http/index.ts';

/**
 * `unproven`: the affiliate has not shown yet that the site is theirs. `verified`: visitors count.
 * `suspended`: the proof was gone three times in a row; it revives by the next one that is found.
 */
export const DIRECT_LINK_STATUSES = ['unproven', 'verified', 'suspended'] as const;
export type DirectLinkStatus = (typeof DIRECT_LINK_STATUSES)[number];

/** From each status, where a direct link may go. */
export const DIRECT_LINK_MOVES: Readonly<Record<DirectLinkStatus, readonly DirectLinkStatus[]>> = {
  unproven: ['verified'],
  verified: ['suspended'],
  suspended: ['verified'],
};

/** How a site can be shown to be somebody's: in its DNS, by a file, by a tag on its page. */
export const PROOFS = ['dns', 'file', 'meta'] as const;
export type Proof = (typeof PROOFS)[number];

/** What a look for the proof found; `reason` says in words why nothing. */
export interface ProofCheck {
  at: Date;
  found: Proof | null;
  reason: string | null;
}

/** A test of which referrer really arrives from the affiliate's page. Only the last one is kept. */
export interface ReferrerTest {
  /** Of the one-time address, which is shown once. */
  tokenHash: string;
  createdAt: Date;
  expiresAt: Date;
  /** When the address was opened; null = not yet. */
  arrivedAt: Date | null;
  /** Host and path of what came; null = nothing came. */
  referrer: string | null;
  matches: boolean | null;
  /** The result in words. */
  result: string | null;
}

/** An affiliate's own site, whose visitors count without a code (S3, class direct-link). */
export interface DirectLink {
  id: string;
  merchantId: string;
  programId: string;
  affiliateId: string;
  /** In punycode and lower case; `www.` is a host of its own. */
  host: string;
  /** Whole segments: `/anna` covers `/anna/teas` and not `/annabel`. Empty = the whole site. */
  pathPrefix: string;
  /** What the proof says; public once the affiliate shows it. */
  token: string;
  /** The newest of `statuses`. */
  status: DirectLinkStatus;
  /** Since when it stands where; a visitor counts who came while it was verified. */
  statuses: StatusChange<DirectLinkStatus>[];
  lastCheck: ProofCheck | null;
  /** Looks on the schedule that found nothing, in a row. */
  failedChecks: number;
  /** null = until somebody asks. */
  nextCheckAt: Date | null;
  test: ReferrerTest | null;
  /** Counts the changes; a change is saved only on what it was decided from. */
  revision: number;
  createdAt: Date;
}

/** As much of a direct link as a visit asks for. */
export type ProvenSite = Pick<
  DirectLink,
  'id' | 'programId' | 'affiliateId' | 'host' | 'pathPrefix' | 'statuses'
>;

/** What a merchant tells to register an affiliate's site. */
export const newDirectLink = z.strictObject({
  programId: id,
  affiliateId: id,
  site: z.string().trim().min(1).max(500).meta({
    description: "The affiliate's site, e.g. https://blog.example or https://blog.example/anna",
    example: 'https://anna-writes.example',
  }),
});
export type NewDirectLink = z.output<typeof newDirectLink>;
