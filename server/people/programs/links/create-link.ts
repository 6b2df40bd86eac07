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
 * Makes a short link for an affiliate.
 * @throws DomainError `not-found`, `impossible` when the affiliate is not in the programme, `invalid-input`
 * for a target elsewhere, `conflict` when the slug is taken.
 */
export async function createLink(
  deps: LinkDeps,
  merchantId: string,
  { programId, affiliateId, targetUrl, slug }: NewLink,
): Promise<Link> {
  await requireMember(deps, { merchantId, programId, affiliateId });
  const message = checkLinkTarget(targetUrl, await deps.shopHosts(merchantId));
  if (message !== undefined) throw invalidInput([{ path: 'targetUrl', message }]);
  const link: Link = {
    merchantId,
    id: deps.newId(),
    programId,
    affiliateId,
    slug: slug ?? randomSlug(),
    targetUrl: new URL(targetUrl).href,
    createdAt: deps.clock(),
  };
  if (await deps.links.insert(link)) return link;
  throw new DomainError('conflict', 'This slug is taken.', 'Choose another slug, or leave it out.');
}

/** 36^8 slugs: a clash is answered with `conflict` and does not happen twice. */
function randomSlug(): string {
  return randomToken()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, SLUG_LENGTH);
}
