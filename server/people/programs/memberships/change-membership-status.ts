import { DomainError, notFound } from '../../../shared/errors.ts';
import { appendStatus } from '../../../shared/history.ts';
import { untilSaved } from '../../../platform/mongo/index.ts';
import type { MembershipDeps } from './create-membership.ts';
import { MEMBERSHIP_MOVES, type Membership, type MembershipStatus } from './membership.ts';
import type { MembershipRef } from './membership.store.ts';

/**
 * Approves, rejects or ends a membership from now on; what was earned before stays.
 * @throws DomainError `not-found`, or `conflict` when the step is not in MEMBERSHIP_MOVES.
 */
export function changeMembershipStatus(
  deps: MembershipDeps,
  ref: MembershipRef,
  status: MembershipStatus,
): Promise<Membership> {
  return untilSaved(async () => {
    const membership = await membershipOrThrow(deps, ref);
    const statuses = appendStatus(membership.statuses, status, MEMBERSHIP_MOVES, deps.clock());
    if (!statuses) throw stepRefused(membership.status, status);
    const saved = await deps.memberships.saveStatuses(membership, statuses);
    return { saved, result: { ...membership, statuses, status } };
  });
}

/** @throws DomainError `not-found`. */
export async function membershipOrThrow(deps: MembershipDeps, ref: MembershipRef): Promise<Membership> {
  const membership = await deps.memberships.byId(ref);
  if (!membership) throw notFound('The membership');
  return membership;
}

function stepRefused(from: MembershipStatus, to: MembershipStatus): DomainError {
  const allowed = MEMBERSHIP_MOVES[from].join(' or ');
  const message = `The membership is ${from} and cannot become ${to}.`;
  return new DomainError('conflict', message, `It can become ${allowed}.`);
}
