import { invalidInput } from '../../platform/http/index.ts';
import type { Commission, CommissionPosting } from './commission.model.ts';
import type { CommissionFilter, CommissionStore } from './commission.store.ts';

const BATCH = 200;

/** A posting with the commission of its order. */
type Found = [Commission, CommissionPosting];

/**
 * One part of a list of postings, the postings of one order together; `cursor` is the last posting of the part
 * before. Whatever number of orders has none in between, a part is as long as asked for.
 * @throws DomainError `invalid-input` for a cursor that no such list gave.
 */
export async function pagePostings(
  commissions: CommissionStore,
  filter: CommissionFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ found: Found[]; nextCursor: string | null }> {
  const start = cursor === undefined ? undefined : await startAfter(commissions, filter, cursor);
  const { affiliateId, state } = filter;
  const found: Found[] = [];
  for await (const order of commissionsFrom(commissions, filter, start)) {
    const wanted = order.postings.filter(
      (item) => (!affiliateId || item.affiliateId === affiliateId) && (!state || item.state === state),
    );
    found.push(...wanted.map((item): Found => [order, item]));
    if (found.length > limit) break;
  }
  const page = found.slice(0, limit);
  return { found: page, nextCursor: found.length > limit ? (page.at(-1)?.[1].id ?? null) : null };
}

/** The commission of the cursor's order, with the postings that come after the cursor's. */
async function startAfter(
  commissions: CommissionStore,
  { merchantId, affiliateId }: CommissionFilter,
  cursor: string,
): Promise<Commission> {
  const order = await commissions.byPosting(merchantId, cursor);
  const index = order?.postings.findIndex(({ id }) => id === cursor) ?? -1;
  // Another affiliate's posting looks like one that is not there.
  const isOfList = affiliateId === undefined || order?.postings[index]?.affiliateId === affiliateId;
  if (!order || !isOfList) {
    throw invalidInput([{ path: 'cursor', message: 'Send the `nextCursor` of the page before, unchanged.' }]);
  }
  return { ...order, postings: order.postings.slice(index + 1) };
}

/** Commissions in the order of the list, from `start` on. */
async function* commissionsFrom(
  commissions: CommissionStore,
  filter: CommissionFilter,
  start: Commission | undefined,
): AsyncGenerator<Commission> {
  if (start) yield start;
  if (start && filter.orderId !== undefined) return;
  let after = start?._id;
  for (;;) {
    const batch = await commissions.list(filter, BATCH, after);
    yield* batch;
    if (batch.length < BATCH) return;
    after = batch.at(-1)?._id;
  }
}
