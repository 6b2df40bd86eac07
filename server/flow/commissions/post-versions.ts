import type { NewId } from '../../shared/ids.ts';
import { sum } from '../../shared/money.ts';
import type { PostingState } from '../../shared/posting-state.ts';
import type { Order } from '../ingest/index.ts';
import { withDueTime } from './advance-postings.ts';
import type { Commission } from './commission.model.ts';
import type { CreditedSale } from './credited-sale.ts';
import { findHoldEnd } from './find-hold-end.ts';
import { moveGroup } from './move-postings.ts';
import { BY_FORMULA, postDifference } from './post-difference.ts';

type Version = Order['versions'][number];

const PAYABLE_OR_PAID: ReadonlySet<PostingState> = new Set(['payable', 'in-payout', 'paid']);
const BEFORE_PAYOUT: ReadonlySet<PostingState> = new Set(['pending', 'approved', 'payable']);

/**
 * The commission of an order after the differences of every version that has none yet were posted, one version
 * after the other, so that the books do not depend on how fast deliveries followed each other. When there is no
 * new version (new evidence, a person's decision), the last one is posted again. A version that waits for a
 * reading posts nothing (S6), and neither does a deletion that a person has to confirm; but what a person rejected
 * is taken back. Pure.
 */
export function postVersions(
  order: Order,
  sale: CreditedSale,
  known: Commission,
  context: { now: Date; newId: NewId },
): Commission {
  const fresh = order.versions.filter(({ number }) => number > known.orderVersion);
  let next = known;
  for (const { number, snapshot, needsRead } of fresh.length > 0 ? fresh : order.versions.slice(-1)) {
    const waits = needsRead || isToConfirm(number, order.versions, next);
    const placedAt = order.placedAt ?? snapshot.createdAt;
    const version = { orderId: order._id, placedAt, version: number, snapshot };
    next = {
      ...next,
      postings: [...next.postings, ...postDifference(version, sale, next, { ...context, waits })],
    };
  }
  return withDueTime(keepTerms(applyGuard(next, sale, context.now), order, sale, context.now));
}

/**
 * Once a commission is payable or paid, a person confirms that its order is gone (S6), unless nothing is left that
 * could be taken back.
 */
function isToConfirm(
  number: number,
  versions: readonly Version[],
  { postings, confirmedRemoval }: Commission,
): boolean {
  const version = versions.find((candidate) => candidate.number === number);
  if (!version?.snapshot.removed || !postings.some(({ state }) => PAYABLE_OR_PAID.has(state))) return false;
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

/** What a guard wants a person to look at is held, also what was posted before it was known (S9). */
function applyGuard(commission: Commission, { hold }: CreditedSale, now: Date): Commission {
  if (hold === null || commission.clearedHolds.includes(hold)) return commission;
  let next = commission;
  for (const { id } of commission.postings) {
    const posting = next.postings.find((candidate) => candidate.id === id);
    if (!posting || posting.reverses !== null || !BEFORE_PAYOUT.has(posting.state)) continue;
    next = moveGroup(next, id, ['held'], { at: now, by: BY_FORMULA, reason: hold });
  }
  return next;
}

function keepTerms(commission: Commission, order: Order, { terms }: CreditedSale, now: Date): Commission {
  const last = order.versions.at(-1);
  const isOpen = last !== undefined && isToConfirm(last.number, order.versions, commission);
  const removalToConfirm = isOpen
    ? (commission.removalToConfirm ?? { orderVersion: last.number, since: now })
    : null;
  const known = { ...commission, orderVersion: order.versions.length, removalToConfirm };
  if (!terms || order.placedAt === null) return known;
  const holdEndsAt = findHoldEnd(order.versions, order.placedAt, terms.hold);
  return { ...known, approval: terms.approval, holdEndsAt };
}
