import type { PostingState } from '../../../shared/posting-state.ts';
import type { Commission } from '../commission.model.ts';
import type { CreditedSale } from '../posting/credited-sale.ts';
import { moveGroup } from './move-postings.ts';
import { BY_FORMULA } from '../posting/post-difference.ts';

const BEFORE_PAYOUT: ReadonlySet<PostingState> = new Set(['pending', 'approved', 'payable']);

/** What a guard wants a person to look at is held, also what was posted before it was known (S9). */
export function applyGuard(commission: Commission, { hold }: CreditedSale, now: Date): Commission {
  if (hold === null || commission.clearedHolds.includes(hold)) return commission;
  let next = commission;
  for (const { id } of commission.postings) {
    const posting = next.postings.find((candidate) => candidate.id === id);
    if (!posting || posting.reverses !== null || !BEFORE_PAYOUT.has(posting.state)) continue;
    next = moveGroup(next, id, ['held'], { at: now, by: BY_FORMULA, reason: hold });
  }
  return next;
}
