import { STATE_MOVES, type PostingState, type StateChange } from '../../shared/posting-state.ts';
import type { Commission, CommissionPosting } from './commission.model.ts';

/** Who moves postings, when and why. */
export type Move = Omit<StateChange, 'state'>;

/**
 * A posting with one more state.
 * @throws Error for a step that the table of S7 does not have.
 */
export function movePosting(posting: CommissionPosting, state: PostingState, move: Move): CommissionPosting {
  if (!STATE_MOVES[posting.state].includes(state)) {
    throw new Error(`a posting does not go from ${posting.state} to ${state}`);
  }
  return { ...posting, state, states: [...posting.states, { state, ...move }] };
}

/**
 * The postings that move together with one: a commission and the reversals of it that are in its state. A
 * reversal whose origin was paid before stands for itself.
 */
export function groupOf(postings: readonly CommissionPosting[], id: string): CommissionPosting[] {
  const posting = postings.find((candidate) => candidate.id === id);
  if (!posting) return [];
  const origin = postings.find((candidate) => candidate.id === (posting.reverses ?? id));
  if (!origin || origin.state !== posting.state) return [posting];
  return postings.filter(
    (candidate) =>
      candidate.id === origin.id || (candidate.reverses === origin.id && candidate.state === origin.state),
  );
}

/** Moves a posting and what moves with it, one step after the other. */
export function moveGroup(
  commission: Commission,
  id: string,
  states: readonly PostingState[],
  move: Move,
): Commission {
  const group = new Set(groupOf(commission.postings, id).map((posting) => posting.id));
  const postings = commission.postings.map((posting) =>
    group.has(posting.id)
      ? states.reduce((moved, state) => movePosting(moved, state, move), posting)
      : posting,
  );
  return { ...commission, postings };
}
