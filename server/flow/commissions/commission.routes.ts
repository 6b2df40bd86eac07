import { z } from 'zod';
import {
  defineRoute,
  idParams,
  moment,
  money,
  pageOf,
  pageQuery,
  type RouteDefinition,
} from '../../platform/http/index.ts';
import { notFound } from '../../shared/errors.ts';
import type { CommissionPosting } from './commission.model.ts';
import type { CommissionStore } from './commission.store.ts';
import { describeReceipt } from './describe-receipt.ts';
import { presentReceipt, receiptSchema } from './receipt.schema.ts';

const posting = z.object({
  id: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  orderVersion: z.int(),
  affiliateId: z.string(),
  programId: z.string(),
  kind: z.enum(['commission', 'reversal']),
  amount: money,
  base: money,
  postedAt: moment,
});

/** What was posted for orders, and the receipt of each posting (S6, S16). */
export function commissionRoutes({ commissions }: { commissions: CommissionStore }): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/commissions',
      summary: 'Lists commissions and reversals, the postings of one order together; pages count orders.',
      access: 'merchant',
      query: pageQuery.extend({ affiliateId: z.string().optional(), orderId: z.string().optional() }),
      response: pageOf(posting),
      async handle({ caller: { merchantId }, query: { limit, cursor, affiliateId, orderId } }) {
        const filter = { merchantId, ...(affiliateId && { affiliateId }), ...(orderId && { orderId }) };
        const rows = await commissions.list(filter, limit + 1, cursor);
        const orders = rows.slice(0, limit);
        const items = orders
          .flatMap(({ postings }) => postings)
          .filter((item) => affiliateId === undefined || item.affiliateId === affiliateId)
          .map(present);
        return { items, nextCursor: rows.length > limit ? (orders.at(-1)?._id ?? null) : null };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/commissions/:id/receipt',
      summary: 'Everything needed to recompute a posting by hand, as data and in words.',
      access: 'merchant',
      params: idParams,
      response: z.object({ receipt: receiptSchema, words: z.array(z.string()) }),
      async handle({ caller, params: { id } }) {
        const commission = await commissions.byPosting(caller.merchantId, id);
        const found = commission?.postings.find((item) => item.id === id);
        if (!found) throw notFound('The commission');
        return { receipt: presentReceipt(found.receipt), words: describeReceipt(found.receipt) };
      },
    }),
  ];
}

function present({
  id,
  affiliateId,
  programId,
  currency,
  amount,
  postedAt,
  receipt,
}: CommissionPosting): z.input<typeof posting> {
  const { id: orderId, number: orderNumber, version: orderVersion } = receipt.order;
  return {
    id,
    orderId,
    orderNumber,
    orderVersion,
    affiliateId,
    programId,
    kind: amount < 0n ? 'reversal' : 'commission',
    amount: { amount, currency },
    base: { amount: receipt.base, currency },
    postedAt,
  };
}
