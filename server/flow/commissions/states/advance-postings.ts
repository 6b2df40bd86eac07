import type { Commission, CommissionPosting } from '../commission.model.ts';
import { moveGroup, type Move } from './move-postings.ts';
import type { PostingState } from '../../../shared/posting-state.ts';

/** What moves a posting when nobody does: the end of the hold. */
export const BY_HOLD = 'the end of the hold';

/**
 * A commission after the time until `now` has had its effect (S7): when the hold is over, what is approved
 * becomes payable, and what is pending is approved, unless the programme asks for a person.
 */
export function advancePostings(commission: Commission, now: Date): Commission {
  if (!commission.holdEndsAt || commission.holdEndsAt > now) return withDueTime(commission);
  const move: Move = { at: now, by: BY_HOLD, reason: null };
  let next = commission;
  for (const { id, reverses } of commission.postings) {
    const posting = next.postings.find((candidate) => candidate.id === id);
    if (!posting || reverses !== null) continue;
    const steps = stepsByTime(posting, commission);
    if (steps.length > 0) next = moveGroup(next, id, steps, move);
  }
  return withDueTime(next);
}

/** `dueAt`: when the clock alone will move something; null when it will not. */
export function withDueTime(commission: Commission): Commission {
  const waits = commission.postings.some(
    (posting) => posting.reverses === null && stepsByTime(posting, commission).length > 0,
  );
  return { ...commission, dueAt: waits ? commission.holdEndsAt : null };
}

function stepsByTime({ state }: CommissionPosting, { approval }: Commission): PostingState[] {
  if (state === 'approved') return ['payable'];
  if (state === 'pending' && approval === 'automatic') return ['approved', 'payable'];
  return [];
}
