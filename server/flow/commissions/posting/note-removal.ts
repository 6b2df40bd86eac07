import { sum } from '../../../shared/money.ts';
import type { PostingState } from '../../../shared/posting-state.ts';
import type { Order } from '../../ingest/index.ts';
import type { Commission } from '../commission.model.ts';

type Version = Order['versions'][number];

const PAYABLE_OR_PAID: ReadonlySet<PostingState> = new Set(['payable', 'in-payout', 'paid']);

/**
 * Once a commission is payable or paid, a person confirms that its order is gone (S6), unless nothing is left that
 * could be taken back. Once is once: a person who held it afterwards has confirmed nothing.
 */
export function isToConfirm(
  number: number,
  versions: readonly Version[],
  { postings, confirmedRemoval }: Commission,
): boolean {
  const version = versions.find((candidate) => candidate.number === number);
  const wasPayable = postings.some(({ states }) => states.some(({ state }) => PAYABLE_OR_PAID.has(state)));
  if (!version?.snapshot.removed || !wasPayable) return false;
  // No series is ever below zero, so that only nothing adds up to nothing.
  if (sum(postings.map(({ amount }) => amount)) === 0n) return false;
  if (!confirmedRemoval || confirmedRemoval.orderVersion > number) return true;
  // Restored in between: the confirmation was about an earlier deletion.
  return versions.some(
    (candidate) =>
      candidate.number > confirmedRemoval.orderVersion &&
      candidate.number < number &&
      !candidate.snapshot.removed,
  );
}

/**
 * A commission with the deletion that waits for a person, if any does: the one that holds now, because a word
 * about an earlier one, which was restored meanwhile, would confirm nothing.
 */
export function noteRemoval(commission: Commission, versions: readonly Version[], now: Date): Commission {
  const last = versions.at(-1);
  if (!last || !isToConfirm(last.number, versions, commission)) {
    return { ...commission, removalToConfirm: null };
  }
  const restored = versions.findLastIndex(({ snapshot }) => !snapshot.removed);
  const orderVersion = versions[restored + 1]?.number ?? last.number;
  const known = commission.removalToConfirm;
  const removalToConfirm = known?.orderVersion === orderVersion ? known : { orderVersion, since: now };
  return { ...commission, removalToConfirm };
}
