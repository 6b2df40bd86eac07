import { z } from 'zod';
import {
  defineRoute,
  id,
  idParams,
  invalidInput,
  pageOf,
  pageQuery,
  type RouteDefinition,
} from '../../platform/http/index.ts';
import { notFound } from '../../shared/errors.ts';
import { POSTING_STATES } from '../../shared/posting-state.ts';
import type { Commission, CommissionPosting } from './commission.model.ts';
import type { CommissionFilter, CommissionStore } from './commission.store.ts';
import { describeReceipt } from './describe-receipt.ts';
import { postingSchema, presentPosting } from './present-posting.ts';
import { presentReceipt, receiptSchema } from './receipt.schema.ts';

const BATCH = 200;

/** What was posted for orders, and the receipt of each posting (S6, S16). */
export function commissionRoutes({ commissions }: { commissions: CommissionStore }): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/commissions',
      summary: 'Lists commissions and reversals, the postings of one order together.',
      access: 'merchant',
      query: pageQuery.extend({
        affiliateId: id.optional(),
        orderId: id.optional(),
        state: z.enum(POSTING_STATES).optional(),
      }),
      response: pageOf(postingSchema),
      async handle({ caller: { merchantId }, query: { limit, cursor, affiliateId, orderId, state } }) {
        const filter = {
          merchantId,
          ...(affiliateId && { affiliateId }),
          ...(orderId && { orderId }),
          ...(state && { state }),
        };
        const found = await readPostings(commissions, filter, limit + 1, cursor);
        const items = found.slice(0, limit).map(([order, { id }]) => presentPosting(order, id));
        return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/commissions/:id/receipt',
      summary: 'Everything needed to recompute a posting by hand, as data and in words.',
      access: 'merchant',
      params: idParams,
      response: z.object({ receipt: receiptSchema, words: z.array(z.string()) }),
      async handle({ caller, params }) {
        const commission = await commissions.byPosting(caller.merchantId, params.id);
        const found = commission?.postings.find((item) => item.id === params.id);
        if (!found) throw notFound('The commission');
        return { receipt: presentReceipt(found.receipt), words: describeReceipt(found.receipt) };
      },
    }),
  ];
}

/**
 * At most `count` postings behind the one that the cursor names, whatever number of orders earned nothing in
 * between.
 * @throws DomainError `invalid-input` for a cursor that is no posting of the merchant.
 */
async function readPostings(
  commissions: CommissionStore,
  filter: CommissionFilter,
  count: number,
  cursor: string | undefined,
): Promise<[Commission, CommissionPosting][]> {
  const start = cursor === undefined ? undefined : await startAfter(commissions, filter.merchantId, cursor);
  const { affiliateId, state } = filter;
  const found: [Commission, CommissionPosting][] = [];
  for await (const order of commissionsFrom(commissions, filter, start)) {
    const wanted = order.postings.filter(
      (item) => (!affiliateId || item.affiliateId === affiliateId) && (!state || item.state === state),
    );
    found.push(...wanted.map((item): [Commission, CommissionPosting] => [order, item]));
    if (found.length >= count) break;
  }
  return found.slice(0, count);
}

/** The commission of the cursor's order, with the postings that come after the cursor's. */
async function startAfter(
  commissions: CommissionStore,
  merchantId: string,
  cursor: string,
): Promise<Commission> {
  const found = await commissions.byPosting(merchantId, cursor);
  if (!found) {
    throw invalidInput([{ path: 'cursor', message: 'Send the `nextCursor` of the page before, unchanged.' }]);
  }
  const index = found.postings.findIndex((item) => item.id === cursor);
  return { ...found, postings: found.postings.slice(index + 1) };
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
