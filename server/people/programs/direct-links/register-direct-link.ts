import type { Clock } from '../../../shared/clock.ts';
import { DomainError, notFound } from '../../../shared/errors.ts';
import type { NewId } from '../../../shared/ids.ts';
import { randomToken } from '../../../platform/crypto/index.ts';
import { invalidInput } from '../../../platform/http/index.ts';
import type { Outgoing } from '../../../platform/outgoing/index.ts';
import { requireMember, type MemberDeps } from '../memberships/require-member.ts';
import type { DirectLink, NewDirectLink } from './direct-link.ts';
import type { DirectLinkStore } from './direct-link.store.ts';
import { readSite } from './read-site.ts';

const TOKEN_BYTES = 16;

export interface DirectLinkDeps extends MemberDeps {
  directLinks: DirectLinkStore;
  outgoing: Outgoing;
  /** `host[:port]` of the shops that a merchant has connected. */
  shopHosts: (merchantId: string) => Promise<string[]>;
  clock: Clock;
  newId: NewId;
}

/** Whose direct link. */
export interface DirectLinkRef {
  merchantId: string;
  id: string;
}

/**
 * Registers an affiliate's site. Nothing counts before it is shown to be theirs.
 * @throws DomainError `not-found`, `impossible` when the affiliate is not in the programme, `invalid-input` for
 * what is no site of theirs, `conflict` when they have registered it.
 */
export async function registerDirectLink(
  deps: DirectLinkDeps,
  merchantId: string,
  { programId, affiliateId, site: typed }: NewDirectLink,
): Promise<DirectLink> {
  await requireMember(deps, { merchantId, programId, affiliateId });
  const site = readSite(typed, await deps.shopHosts(merchantId));
  if ('problem' in site) throw invalidInput([{ path: 'site', message: site.problem }]);
  const now = deps.clock();
  const link: DirectLink = {
    merchantId,
    id: deps.newId(),
    programId,
    affiliateId,
    ...site,
    token: randomToken(TOKEN_BYTES),
    status: 'unproven',
    statuses: [{ status: 'unproven', from: now }],
    lastCheck: null,
    failedChecks: 0,
    nextCheckAt: null,
    test: null,
    revision: 1,
    createdAt: now,
  };
  if (await deps.directLinks.insert(link)) return link;
  const help = 'Verify the registered one instead.';
  throw new DomainError('conflict', 'The affiliate has registered this site already.', help);
}

/** @throws DomainError `not-found`. */
export async function directLinkOrThrow(
  { directLinks }: Pick<DirectLinkDeps, 'directLinks'>,
  { merchantId, id }: DirectLinkRef,
): Promise<DirectLink> {
  const link = await directLinks.byId(merchantId, id);
  if (!link) throw notFound('The direct link');
  return link;
}
