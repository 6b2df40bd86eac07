import { untilSaved } from '../../../platform/mongo/index.ts';
import { membershipOrThrow } from './change-membership-status.ts';
import type { MembershipDeps } from './create-membership.ts';
import type { Membership } from './membership.ts';
import type { MembershipRef } from './membership.store.ts';

/**
 * Puts a member into a group from now on; orders from before keep the group of their day. Unchanged when the
 * member is in it already.
 *
 * @param group null = in none
 * @throws DomainError `not-found`.
 */
export function changeMembershipGroup(
  deps: MembershipDeps,
  ref: MembershipRef,
  group: string | null,
): Promise<Membership> {
  return untilSaved(async () => {
    const membership = await membershipOrThrow(deps, ref);
    if (membership.group === group) return { saved: true, result: membership };
    const groups = [...membership.groups, { group, from: deps.clock() }];
    const saved = await deps.memberships.saveGroups(membership, groups);
    return { saved, result: { ...membership, groups, group } };
  });
}
