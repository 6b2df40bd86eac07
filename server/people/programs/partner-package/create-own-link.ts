import { DomainError } from '../../../shared/errors.ts';
import type { z } from 'zod';
import type { AffiliateCaller } from '../../../platform/http/index.ts';
import { createLink, type LinkDeps } from '../links/create-link.ts';
import type { Link, newDeepLink } from '../links/link.ts';
import { requireMember } from '../memberships/require-member.ts';

/**
 * Makes a deep link for the affiliate who asks.
 * @throws DomainError `not-found`, `impossible` when they do not take part in the programme or are not approved,
 * `invalid-input` for a target elsewhere.
 */
export async function createOwnLink(
  deps: LinkDeps,
  { merchantId, affiliateId }: AffiliateCaller,
  input: z.output<typeof newDeepLink>,
): Promise<Link> {
  const { status } = await requireMember(deps, { merchantId, programId: input.programId, affiliateId });
  if (status === 'approved') return createLink(deps, merchantId, { ...input, affiliateId, kind: 'deep' });
  const help = 'Ask the merchant to approve you first.';
  throw new DomainError('impossible', `Your part in this programme is ${status}.`, help);
}
