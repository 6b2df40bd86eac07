import { z } from 'zod';
import {
  defineRoute,
  id,
  idParams,
  moment,
  money,
  pageOf,
  pageQuery,
  type Caller,
  type RouteDefinition,
} from '../../../platform/http/index.ts';
import { assignCoupon, couponOrThrow } from './assign-coupon.ts';
import { couponOwner, CREDIT_POLICIES, newCoupon, type Coupon } from './coupon.ts';
import { createCoupon } from './create-coupon.ts';
import type { TermsDeps } from './terms/change-terms.ts';
import { couponTermsRoutes } from './terms/coupon-terms.routes.ts';

const PATH = '/api/v1/coupons';

const discount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), ratePpm: z.int() }),
  z.object({ kind: z.literal('fixed'), per: z.enum(['cart', 'product']), ...money.shape }),
]);
const terms = z.object({
  discount,
  minimum: money.nullable(),
  usageLimit: z.int().nullable(),
  usageLimitPerCustomer: z.int().nullable(),
  expiresAt: moment.nullable(),
});
const standing = z.object({
  storeId: z.string(),
  state: z.enum(['in step', 'differs', 'failed']),
  differences: z.array(z.object({ field: z.string(), wanted: z.string(), found: z.string() })),
  reason: z.string().nullable().meta({ description: 'Why it failed' }),
  at: moment,
});

const coupon = z
  .object({
    id: z.string(),
    programId: z.string(),
    code: z.string(),
    creditPolicy: z.enum(CREDIT_POLICIES),
    affiliateId: z.string().nullable().meta({ description: 'Who owns it now; null = nobody' }),
    assignments: z.array(z.object({ affiliateId: z.string(), from: moment, until: moment.nullable() })),
    terms: terms.nullable().meta({ description: 'What it takes off in shops; null = nothing is set here' }),
    isPaused: z.boolean(),
    storeIds: z.array(z.string()).nullable().meta({ description: 'null = all that gave their keys' }),
    standings: z.array(standing).meta({ description: 'How it stands in each shop that was told' }),
    createdAt: moment,
  })
  .meta({ id: 'Coupon' });

const refOf = (caller: Caller, params: { id: string }) => ({ merchantId: caller.merchantId, id: params.id });

/** Coupon codes and who owns them. */
export function couponRoutes(deps: TermsDeps): RouteDefinition[] {
  const present = (found: Coupon) => ({
    ...found,
    affiliateId: couponOwner(found, deps.clock()),
    standings: Object.entries(found.standings).map(([storeId, each]) => ({ storeId, ...each })),
  });
  return [...ownershipRoutes(deps, present), ...couponTermsRoutes(deps, { schema: coupon, present })];
}

type Present = (found: Coupon) => z.input<typeof coupon>;

function ownershipRoutes(deps: TermsDeps, present: Present): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Give a new coupon code to an affiliate',
      access: 'merchant',
      body: newCoupon,
      response: coupon,
      status: 201,
      handle: async ({ caller, body }) => present(await createCoupon(deps, caller.merchantId, body)),
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'The coupons, newest first',
      access: 'merchant',
      query: pageQuery.extend({ programId: id.optional() }),
      response: pageOf(coupon),
      handle: async ({ caller, query }) => {
        const page = await deps.coupons.list(caller.merchantId, query);
        return { ...page, items: page.items.map(present) };
      },
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'One coupon with all its owners',
      access: 'merchant',
      params: idParams,
      response: coupon,
      handle: async ({ caller, params }) => present(await couponOrThrow(deps, refOf(caller, params))),
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/:id/assign`,
      summary: 'Hand a coupon to another affiliate from now on',
      access: 'merchant',
      params: idParams,
      body: z.strictObject({ affiliateId: id }),
      response: coupon,
      handle: async ({ caller, params, body }) =>
        present(await assignCoupon(deps, refOf(caller, params), body.affiliateId)),
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/:id/release`,
      summary: 'Take a coupon back: redemptions from now on earn nothing',
      access: 'merchant',
      params: idParams,
      response: coupon,
      handle: async ({ caller, params }) => present(await assignCoupon(deps, refOf(caller, params), null)),
    }),
  ];
}
