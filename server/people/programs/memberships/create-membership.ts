import { randomInt } from 'node:crypto';
import type { Clock } from '../../../shared/clock.ts';
import { DomainError, notFound } from '../../../shared/errors.ts';
import { foldCode } from '../../../shared/fold-code.ts';
import type { NewId } from '../../../shared/ids.ts';
import { programOrThrow } from '../terms/add-version.ts';
import type { ProgramStore } from '../terms/program.store.ts';
import type { Membership, NewMembership } from './membership.ts';
import type { MembershipStore } from './membership.store.ts';
import { suggestCode } from './suggest-code.ts';

const SUFFIX_SIGNS = 4;
const SUFFIX_BASE = 36;

export interface MembershipDeps {
  programs: ProgramStore;
  memberships: MembershipStore;
  affiliateById: (merchantId: string, id: string) => Promise<{ name: string } | undefined>;
  clock: Clock;
  newId: NewId;
}

/**
 * Takes an affiliate into a programme, with a code for their links.
 * @throws DomainError `not-found` for the programme or the affiliate, `conflict` when they take part already
 * or the code belongs to somebody else.
 */
export async function createMembership(
  deps: MembershipDeps,
  { merchantId, programId }: { merchantId: string; programId: string },
  { affiliateId, code: wished, status }: NewMembership,
): Promise<Membership> {
  await programOrThrow(deps, { merchantId, id: programId });
  const affiliate = await deps.affiliateById(merchantId, affiliateId);
  if (!affiliate) throw notFound('The affiliate');
  const now = deps.clock();
  const code = wished ?? suggestCode(affiliate.name, randomSuffix());
  const membership: Membership = {
    merchantId,
    id: deps.newId(),
    programId,
    affiliateId,
    code,
    foldedCode: foldCode(code),
    status,
    statuses: [{ status, from: now }],
    group: null,
    groups: [],
    createdAt: now,
  };
  const outcome = await deps.memberships.insert(membership);
  if (outcome === 'stored') return membership;
  throw outcome === 'code-taken' ? codeTaken() : memberAlready();
}

function randomSuffix(): string {
  return Array.from({ length: SUFFIX_SIGNS }, () => randomInt(SUFFIX_BASE).toString(SUFFIX_BASE)).join('');
}

function codeTaken(): DomainError {
  const help = 'Choose another code; capitals make no difference.';
  return new DomainError('conflict', 'This code belongs to another member.', help);
}

function memberAlready(): DomainError {
  const help = 'Change the existing membership instead.';
  return new DomainError('conflict', 'The affiliate takes part in this programme already.', help);
}
