import { z } from 'zod';
import {
  defineRoute,
  id,
  idParams,
  pageOf,
  pageQuery,
  type RouteDefinition,
} from '../../platform/http/index.ts';
import { notFound } from '../../shared/errors.ts';
import { POSTING_STATES } from '../../shared/posting-state.ts';
import { listFlags, type AttributionStore } from '../attribution/index.ts';
import type { CommissionStore } from './commission.store.ts';
import { describeReceipt } from './receipts/describe-receipt.ts';
import { hideGuards } from './states/hide-guards.ts';
import { pagePostings } from './page-postings.ts';
import { postingSchema, presentPosting } from './present-posting.ts';
import { presentReceipt, receiptSchema } from './receipts/receipt.schema.ts';

interface Deps {
  commissions: CommissionStore;
}

interface MerchantDeps extends Deps {
  attributions: AttributionStore;
}

const ownQuery = pageQuery.extend({ orderId: id.optional(), state: z.enum(POSTING_STATES).optional() });
const receiptInWords = z.object({ receipt: receiptSchema, words: z.array(z.string()) });
const receiptForMerchant = receiptInWords.extend({
  flags: z
    .array(z.string())
    .meta({ description: 'What you should know of the sources that earn; the affiliate does not see it' }),
});

/** What was posted for orders, and the receipt of each posting (S6, S16). */
export function commissionRoutes({ commissions, attributions }: MerchantDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/commissions',
      summary: 'Lists commissions and reversals, the postings of one order together.',
      access: 'read',
      query: ownQuery.extend({ affiliateId: id.optional() }),
      response: pageOf(postingSchema),
      async handle({ caller: { merchantId }, query: { affiliateId, orderId, state, ...page } }) {
        const filter = {
          merchantId,
          ...(affiliateId && { affiliateId }),
          ...(orderId && { orderId }),
          ...(state && { state }),
        };
        const { found, nextCursor } = await pagePostings(commissions, filter, page);
        return { items: found.map(([order, { id }]) => presentPosting(order, id)), nextCursor };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/commissions/:id/receipt',
      summary: 'Everything needed to recompute a posting by hand, as data and in words.',
      access: 'read',
      params: idParams,
      response: receiptForMerchant,
      async handle({ caller: { merchantId }, params }) {
        const told = await readReceipt(commissions, { merchantId }, params.id);
        const { order, attribution } = told.receipt;
        const known = await attributions.byOrder(merchantId, order.id);
        const decision = known?.decisions.find(({ number }) => number === attribution.decision);
        return { ...told, flags: decision ? listFlags(decision) : [] };
      },
    }),
  ];
}

/** The same for an affiliate: their own postings, and the same receipts (S16). */
export function affiliateCommissionRoutes({ commissions }: Deps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/affiliate/commissions',
      summary: "Lists the affiliate's own commissions and reversals, those of one order together.",
      access: 'affiliate',
      query: ownQuery,
      response: pageOf(postingSchema),
      async handle({ caller: { merchantId, affiliateId }, query: { orderId, state, ...page } }) {
        const filter = { merchantId, affiliateId, ...(orderId && { orderId }), ...(state && { state }) };
        const { found, nextCursor } = await pagePostings(commissions, filter, page);
        return { items: found.map(([order, { id }]) => hideGuards(presentPosting(order, id))), nextCursor };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/affiliate/commissions/:id/receipt',
      summary: 'Everything needed to recompute a posting by hand: the receipt that the merchant sees.',
      access: 'affiliate',
      params: idParams,
      response: receiptInWords,
      handle: ({ caller: { merchantId, affiliateId }, params }) =>
        readReceipt(commissions, { merchantId, affiliateId }, params.id),
    }),
  ];
}

/** @throws DomainError `not-found` also for a posting of another affiliate, where one is named. */
async function readReceipt(
  commissions: CommissionStore,
  { merchantId, affiliateId }: { merchantId: string; affiliateId?: string },
  postingId: string,
): Promise<z.input<typeof receiptInWords>> {
  const commission = await commissions.byPosting(merchantId, postingId);
  const found = commission?.postings.find(({ id }) => id === postingId);
  if (!found || (affiliateId !== undefined && found.affiliateId !== affiliateId)) {
    throw notFound('The commission');
  }
  return { receipt: presentReceipt(found.receipt), words: describeReceipt(found.receipt) };
}
