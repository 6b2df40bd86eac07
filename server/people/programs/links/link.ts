import { z } from 'zod';
import type { StatusChange } from '../../../shared/history.ts';
import { id } from '../../../platform/http/index.ts';
import { subId } from './sub-id.ts';

/**
 * `short` is followed at `/r/<slug>`, `deep` at `/d/<id>`. A `rewrite` is a short link whose target may be
 * changed, and which may be paused.
 */
export const LINK_KINDS = ['short', 'deep', 'rewrite'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export const LINK_STATUSES = ['active', 'paused'] as const;
export type LinkStatus = (typeof LINK_STATUSES)[number];

/** From each status, where a rewrite may go. */
export const LINK_MOVES: Readonly<Record<LinkStatus, readonly LinkStatus[]>> = {
  active: ['paused'],
  paused: ['active'],
};

/** Where a link led from a moment on. Versions are only ever added. */
export interface LinkTargetVersion {
  version: number;
  targetUrl: string;
  from: Date;
}

/** An affiliate's link on our host to a page of one of the merchant's shops. */
export interface Link {
  id: string;
  merchantId: string;
  programId: string;
  affiliateId: string;
  kind: LinkKind;
  /** Its name in addresses. They know no merchant, so that it is unique everywhere. A deep link's is its id. */
  slug: string;
  /** The newest of `targets`. */
  targetUrl: string;
  targets: LinkTargetVersion[];
  /** The newest of `statuses`; a paused link leads nowhere. */
  status: LinkStatus;
  statuses: StatusChange<LinkStatus>[];
  subId: string | null;
  /** For people; null = none. */
  title: string | null;
  createdAt: Date;
}

/** A link as a redirect needs it, whose affiliate has a code. */
export interface FollowedLink {
  id: string;
  merchantId: string;
  programId: string;
  affiliateId: string;
  code: string;
  targetUrl: string;
  subId: string | null;
  /** Its slug or its id: what `rfl` says. */
  name: string;
}

/** The path on this server at which a link is followed. */
export function pathOf({ kind, slug }: Pick<Link, 'kind' | 'slug'>): string {
  return `${kind === 'deep' ? '/d' : '/r'}/${slug}`;
}

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{2,63}$/, 'Use 3 to 64 of a-z, 0-9 and "-".');
const targetUrl = z.string().max(2_000).meta({ description: 'A page of one of your connected shops' });
const title = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((text) => !/\p{Cc}/u.test(text), 'Use one line without control characters.')
  .meta({ description: 'For people; visitors never see it' });

/** What an affiliate tells to make a deep link. */
export const newDeepLink = z.strictObject({
  programId: id,
  targetUrl,
  subId: subId.optional(),
  title: title.optional(),
});

/** What a merchant tells to make a link. */
export const newLink = newDeepLink
  .extend({
    affiliateId: id,
    kind: z.enum(['short', 'deep']).default('short'),
    slug: slug.optional().meta({ description: 'Of a short link; random when left out' }),
  })
  .refine(({ kind, slug: wished }) => kind === 'short' || wished === undefined, {
    path: ['slug'],
    message: 'A deep link is called by its id. Leave the slug out, or make a short link.',
  });

/** What a merchant tells to make a rewrite. */
export const newRewrite = newDeepLink.extend({ affiliateId: id, slug });

/** What a merchant tells to lead a rewrite elsewhere. */
export const newTarget = z.strictObject({
  targetUrl,
  version: z
    .int()
    .min(1)
    .meta({ description: 'Of the target that you saw last; when another came since, nothing changes' }),
});

export type NewLink = z.output<typeof newDeepLink> & { affiliateId: string } & (
    { kind: 'short' | 'deep'; slug?: string | undefined } | { kind: 'rewrite'; slug: string }
  );
export type NewTarget = z.output<typeof newTarget>;
