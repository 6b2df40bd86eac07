import { sum } from '../../../shared/money.ts';
import type { PostingState } from '../../../shared/posting-state.ts';
import type { CommissionPosting } from '../commission.model.ts';

/** A part of a difference: a new commission, or what is taken back of earlier postings. Minor units. */
export interface DifferencePart {
  /** The newest of the commissions that are taken back; null for a new commission. */
  reverses: string | null;
  /** From the affiliate's side: below zero is a reversal. */
  amount: bigint;
}

/**
 * Cuts a difference (S6) into parts, so that each reversal takes back commissions of one state, which it takes
 * as well (S7). One part is the rule; there are several only when some of the order's commissions have moved on
 * further than others: then what was posted last is taken back first.
 * @param earlier the postings of the same affiliate, programme and currency, oldest first
 * @throws Error when more would be taken back than was posted, which the formula cannot ask for.
 */
export function reverseOrigins(difference: bigint, earlier: readonly CommissionPosting[]): DifferencePart[] {
  if (difference >= 0n) return [{ reverses: null, amount: difference }];
  let left = -difference;
  const parts: DifferencePart[] = [];
  for (const { newest, remaining } of groupByState(earlier)) {
    const taken = left < remaining ? left : remaining;
    if (taken > 0n) parts.push({ reverses: newest, amount: -taken });
    left -= taken;
  }
  if (left > 0n) throw new Error(`a reversal takes back ${left} minor units more than was posted`);
  return parts;
}

/** Commissions by state, the last posted first, with what the reversals of them have left. */
function groupByState(earlier: readonly CommissionPosting[]): { newest: string; remaining: bigint }[] {
  const groups = new Map<PostingState, CommissionPosting[]>();
  for (const posting of earlier.toReversed()) {
    if (posting.reverses !== null) continue;
    groups.set(posting.state, [...(groups.get(posting.state) ?? []), posting]);
  }
  return [...groups.values()].map((origins) => {
    const ids = new Set(origins.map(({ id }) => id));
    const isOfGroup = ({ id, reverses }: CommissionPosting): boolean => ids.has(reverses ?? id);
    const remaining = sum(earlier.filter(isOfGroup).map(({ amount }) => amount));
    return { newest: origins[0]?.id ?? '', remaining };
  });
}
