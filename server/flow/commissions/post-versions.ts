import type { NewId } from '../../shared/ids.ts';
import type { Order } from '../ingest/index.ts';
import type { Commission, CommissionPosting } from './commission.model.ts';
import { postDifference, type CreditedSale } from './post-difference.ts';

/**
 * The postings for every version that has none yet, one version after the other, so that the books do not
 * depend on how fast deliveries followed each other. When there is no new version (new evidence), the last
 * one is posted again under the new decision. A version that waits for a reading posts nothing (S6).
 */
export function postVersions(
  order: Order,
  sale: CreditedSale,
  known: Commission,
  context: { now: Date; newId: NewId },
): CommissionPosting[] {
  const fresh = order.versions.filter(({ number }) => number > known.orderVersion);
  const toPost = (fresh.length > 0 ? fresh : order.versions.slice(-1)).filter(({ needsRead }) => !needsRead);
  const postings: CommissionPosting[] = [];
  for (const { number, snapshot } of toPost) {
    const version = {
      orderId: order._id,
      placedAt: order.placedAt ?? snapshot.createdAt,
      version: number,
      snapshot,
    };
    postings.push(...postDifference(version, sale, [...known.postings, ...postings], context));
  }
  return postings;
}
