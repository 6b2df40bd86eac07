import type { StateChange } from '../../../shared/posting-state.ts';
import { BY_HOLD } from './advance-postings.ts';
import { BY_FORMULA } from '../posting/post-difference.ts';

const UNDER_REVIEW = 'it is being reviewed';
const THE_MERCHANT = 'the merchant';

/**
 * A posting as its affiliate may see it (S16). What a guard found would tell who bought, so that a hold by a guard
 * keeps its state and loses its words; the reasons that people give are written for the affiliate and stay. Which
 * person it was is the merchant's own affair.
 */
export function hideGuards<P extends { states: StateChange[] }>(posting: P): P {
  return { ...posting, states: posting.states.map(hideGuard) };
}

function hideGuard({ by, reason, ...change }: StateChange): StateChange {
  if (by !== BY_FORMULA && by !== BY_HOLD) return { ...change, by: THE_MERCHANT, reason };
  return { ...change, by, reason: change.state === 'held' && reason !== null ? UNDER_REVIEW : reason };
}
