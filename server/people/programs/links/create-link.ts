import type { Clock } from '../../../shared/clock.ts';
import { DomainError } from '../../../shared/errors.ts';
import type { NewId } from '../../../shared/ids.ts';
import { randomToken } from '../../../platform/crypto/index.ts';
import { invalidInput } from '../../../platform/http/index.ts';
import { requireMember, type MemberDeps } from '../memberships/require-member.ts';
import { checkLinkTarget } from './check-link-target.ts';
import type { Link, NewLink } from './link.ts';
import type { LinkStore } from './link.store.ts';

const SLUG_LENGTH = 8;

export interface LinkDeps extends MemberDeps {
  links: LinkStore;
  /** `host[:port]` of the shops that a merchant has connected. */
  shopHosts: (merchantId: string) => Promise<string[]>;
  clock: Clock;
  newId: NewId;
}

/**
 * Makes a link for an affiliate.
 * @throws DomainError `not-found`, `impossible` when the affiliate is not in the programme, `invalid-input`
 * for a target elsewhere, `conflict` when the slug is taken.
 */
export async function createLink(
  deps: LinkDeps,
  merchantId: string,
  { programId, affiliateId, kind, slug, subId, title, ...input }: NewLink,
): Promise<Link> {
  await requireMember(deps, { merchantId, programId, affiliateId });
  const targetUrl = await readTarget(deps, merchantId, input.targetUrl);
  const now = deps.clock();
  const id = deps.newId();
  const link: Link = {
    merchantId,
    id,
    programId,
    affiliateId,
    kind,
    slug: kind === 'deep' ? id : (slug ?? randomSlug()),
    targetUrl,
    targets: [{ version: 1, targetUrl, from: now }],
    status: 'active',
    statuses: [{ status: 'active', from: now }],
    subId: subId ?? null,
    title: title ?? null,
    createdAt: now,
  };
  if (await deps.links.insert(link)) return link;
  const help = kind === 'rewrite' ? 'Choose another slug.' : 'Choose another slug, or leave it out.';
  throw new DomainError('conflict', 'This slug is taken.', help);
}

/**
 * The target in the form in which it is stored and followed.
 * @throws DomainError `invalid-input` for one elsewhere.
 */
export async function readTarget(
  { shopHosts }: Pick<LinkDeps, 'shopHosts'>,
  merchantId: string,
  targetUrl: string,
): Promise<string> {
  const message = checkLinkTarget(targetUrl, await shopHosts(merchantId));
  if (message !== undefined) throw invalidInput([{ path: 'targetUrl', message }]);
  return new URL(targetUrl).href;
}

/** 36^8 slugs: a clash is answered with `conflict` and does not happen twice. */
function randomSlug(): string {
  return randomToken()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, SLUG_LENGTH);
}
