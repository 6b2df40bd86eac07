import type { z } from 'zod';
import { defineRoute, idParams, type Caller, type RouteDefinition } from '../../../../platform/http/index.ts';
import type { Coupon } from '../coupon.ts';
import { pauseCoupon, setTerms, takeTermsAway, type TermsDeps } from './change-terms.ts';
import { newTerms } from './coupon-terms.schema.ts';

const PATH = '/api/v1/coupons/:id';
const refOf = (caller: Caller, params: { id: string }) => ({ merchantId: caller.merchantId, id: params.id });

/** What codes take off in shops. */
export function couponTermsRoutes<C extends z.ZodType>(
  deps: TermsDeps,
  { schema, present }: { schema: C; present: (coupon: Coupon) => z.input<C> },
): RouteDefinition[] {
  return [
    defineRoute({
      method: 'put',
      path: `${PATH}/discount`,
      summary: 'Set what a code takes off; the shops that gave their keys are told',
      access: 'merchant',
      params: idParams,
      body: newTerms,
      response: schema,
      handle: async ({ caller, params, body }) => present(await setTerms(deps, refOf(caller, params), body)),
    }),
    defineRoute({
      method: 'delete',
      path: `${PATH}/discount`,
      summary: "Take a coupon out of the shops, into their trash; the code stays its owner's",
      access: 'merchant',
      params: idParams,
      response: schema,
      handle: async ({ caller, params }) => present(await takeTermsAway(deps, refOf(caller, params))),
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/pause`,
      summary: 'Let a coupon rest in the shops: it stays there and takes nothing off',
      access: 'merchant',
      params: idParams,
      response: schema,
      handle: async ({ caller, params }) => present(await pauseCoupon(deps, refOf(caller, params), true)),
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/resume`,
      summary: 'Wake a paused coupon',
      access: 'merchant',
      params: idParams,
      response: schema,
      handle: async ({ caller, params }) => present(await pauseCoupon(deps, refOf(caller, params), false)),
    }),
  ];
}
