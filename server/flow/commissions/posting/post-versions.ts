import type { NewId } from '../../../shared/ids.ts';
import type { Order } from '../../ingest/index.ts';
import { withDueTime } from '../states/advance-postings.ts';
import { applyGuard } from '../states/apply-guard.ts';
import type { Commission } from '../commission.model.ts';
import type { CreditedSale } from './credited-sale.ts';
import { findHoldEnd } from '../states/find-hold-end.ts';
import { isToConfirm, noteRemoval } from './note-removal.ts';
import { postDifference } from './post-difference.ts';

/**
 * The commission of an order after the differences of every version that has none yet were posted, one version
 * after the other, so that the books do not depend on how fast deliveries followed each other. When there is no
 * new version (new evidence, a person's decision), the last one is posted again. A version that waits for a
 * reading posts nothing (S6), and neither does a deletion that a person has to confirm; only what was rejected
 * is taken back all the same, because its target is 0 whatever the store tells (S7). Pure.
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
    const postings = postDifference(version, sale, next, { ...context, onlyRejected: waits });
    next = { ...next, postings: [...next.postings, ...postings] };
  }
  return withDueTime(keepTerms(applyGuard(next, sale, context.now), order, sale, context.now));
}

function keepTerms(commission: Commission, order: Order, { terms }: CreditedSale, now: Date): Commission {
  const noted = noteRemoval(commission, order.versions, now);
  const known = { ...noted, orderVersion: order.versions.length };
  if (!terms || order.placedAt === null) return known;
  const holdEndsAt = findHoldEnd(order.versions, order.placedAt, terms.hold);
  return { ...known, approval: terms.approval, holdEndsAt };
}
