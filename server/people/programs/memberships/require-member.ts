import { DomainError } from '../../../shared/errors.ts';
import { programOrThrow } from '../terms/add-version.ts';
import type { ProgramStore } from '../terms/program.store.ts';
import type { Membership } from './membership.ts';
import type { MembershipStore } from './membership.store.ts';

export interface MemberDeps {
  programs: ProgramStore;
  memberships: MembershipStore;
}

/**
 * The membership that coupons and links need, whatever its status: attribution asks how it stood at T.
 * @throws DomainError `not-found` for the programme, `impossible` when the affiliate does not take part.
 */
export async function requireMember(
  deps: MemberDeps,
  { merchantId, programId, affiliateId }: { merchantId: string; programId: string; affiliateId: string },
): Promise<Membership> {
  await programOrThrow(deps, { merchantId, id: programId });
  const membership = await deps.memberships.ofAffiliate(merchantId, programId, affiliateId);
  if (membership) return membership;
  throw new DomainError(
    'impossible',
    'The affiliate does not take part in this programme.',
    'Take them in first: POST /api/v1/programs/:programId/memberships.',
  );
}
