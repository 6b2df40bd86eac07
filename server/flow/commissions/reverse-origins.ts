import type { CommissionPosting } from './commission.model.ts';

/** A part of a difference: a new commission, or what is taken back of one earlier posting. Minor units. */
export interface DifferencePart {
  /** The posting that is taken back, as far as `amount` goes; null for a new commission. */
  reverses: string | null;
  /** From the affiliate's side: below zero is a reversal. */
  amount: bigint;
}

/**
 * Cuts a difference (S6) into parts, so that each reversal has one origin whose state it takes (S7): what was
 * posted last is taken back first.
 * @param earlier the postings of the same affiliate, programme and currency, oldest first
 * @throws Error when more would be taken back than was posted, which the formula cannot ask for.
 */
export function reverseOrigins(difference: bigint, earlier: readonly CommissionPosting[]): DifferencePart[] {
  if (difference >= 0n) return [{ reverses: null, amount: difference }];
  let left = -difference;
  const parts: DifferencePart[] = [];
  for (const { id, remaining } of remainingOf(earlier).reverse()) {
    const taken = left < remaining ? left : remaining;
    if (taken > 0n) parts.push({ reverses: id, amount: -taken });
    left -= taken;
  }
  if (left > 0n) throw new Error(`a reversal takes back ${left} minor units more than was posted`);
  return parts;
}

/** What is left of each commission after the reversals of it, oldest first. */
function remainingOf(earlier: readonly CommissionPosting[]): { id: string; remaining: bigint }[] {
  const byOrigin = new Map<string, bigint>();
  for (const { id, reverses, amount } of earlier) {
    const origin = reverses ?? id;
    byOrigin.set(origin, (byOrigin.get(origin) ?? 0n) + amount);
  }
  return [...byOrigin].map(([id, remaining]) => ({ id, remaining }));
}
