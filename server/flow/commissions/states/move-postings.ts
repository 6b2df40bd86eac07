import { STATE_MOVES, type PostingState, type StateChange } from '../../../shared/posting-state.ts';
import { seriesOf, type Commission, type CommissionPosting } from '../commission.model.ts';

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
 * The postings that move together with one: an order's commissions for one affiliate that stand in the same
 * state, and the reversals of them. A reversal whose commission was paid before stands for itself.
 */
export function groupOf(postings: readonly CommissionPosting[], id: string): CommissionPosting[] {
  const posting = postings.find((candidate) => candidate.id === id);
  if (!posting) return [];
  const inState = postings.filter(
    (candidate) => candidate.state === posting.state && seriesOf(candidate) === seriesOf(posting),
  );
  const origins = new Set(inState.filter(({ reverses }) => reverses === null).map((origin) => origin.id));
  if (!origins.has(posting.reverses ?? posting.id)) return [posting];
  return inState.filter((candidate) => origins.has(candidate.reverses ?? candidate.id));
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
