import { z } from 'zod';
import { notFound } from '../../shared/errors.ts';
import {
  defineRoute,
  idParams,
  moment,
  pageOf,
  pageQuery,
  type RouteDefinition,
} from '../../platform/http/index.ts';
import {
  AFFILIATE_STATUSES,
  newAffiliate,
  newIdentity,
  type Affiliate,
  type AffiliateStatus,
} from './affiliate.ts';
import { changeAffiliateStatus } from './change-affiliate-status.ts';
import { createAffiliate, type AffiliateDeps } from './create-affiliate.ts';
import { stateIdentity } from './state-identity.ts';

const PATH = '/api/v1/affiliates';
const status = z.enum(AFFILIATE_STATUSES);

const affiliate = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    locale: z.string(),
    parentId: z.string().nullable(),
    status,
    statuses: z.array(z.object({ status, from: moment })),
    createdAt: moment,
  })
  .meta({ id: 'Affiliate' });

/** The merchant's affiliates. */
export function affiliateRoutes(deps: AffiliateDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Add an affiliate',
      access: 'merchant',
      body: newAffiliate,
      response: affiliate,
      status: 201,
      handle: ({ caller, body }) => createAffiliate(deps, caller.merchantId, body),
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'The affiliates, newest first',
      access: 'merchant',
      query: pageQuery.extend({ status: status.optional() }),
      response: pageOf(affiliate),
      handle: ({ caller, query }) => deps.affiliates.list(caller.merchantId, query),
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'One affiliate',
      access: 'merchant',
      params: idParams,
      response: affiliate,
      handle: async ({ caller, params }) => {
        const found = await deps.affiliates.byId(caller.merchantId, params.id);
        if (!found) throw notFound('The affiliate');
        return found;
      },
    }),
    identityRoute(deps),
    statusRoute(deps, 'approve', 'active', 'Let an affiliate earn from now on'),
    statusRoute(deps, 'reject', 'rejected', 'Refuse an application'),
    statusRoute(deps, 'suspend', 'suspended', 'Stop an affiliate from earning, until approved again'),
  ];
}

const identity = z.object({
  storeAccounts: z.int().meta({ description: 'How many are known' }),
  address: z.boolean(),
  payoutAccount: z.boolean(),
});

function identityRoute(deps: AffiliateDeps): RouteDefinition {
  return defineRoute({
    method: 'put',
    path: `${PATH}/:id/identity`,
    summary: 'State by what an affiliate is known again as a buyer; kept as hashes, which are not shown',
    access: 'merchant',
    params: idParams,
    body: newIdentity,
    response: identity,
    handle: async ({ caller, params, body }) =>
      presentIdentity(await stateIdentity(deps, { merchantId: caller.merchantId, id: params.id }, body)),
  });
}

function presentIdentity({ identity: { storeAccounts, address, payoutAccount } }: Affiliate) {
  return {
    storeAccounts: storeAccounts.length,
    address: address !== null,
    payoutAccount: payoutAccount !== null,
  };
}

function statusRoute(
  deps: AffiliateDeps,
  verb: string,
  target: AffiliateStatus,
  summary: string,
): RouteDefinition {
  return defineRoute({
    method: 'post',
    path: `${PATH}/:id/${verb}`,
    summary,
    access: 'merchant',
    params: idParams,
    response: affiliate,
    handle: ({ caller, params }) =>
      changeAffiliateStatus(deps, { merchantId: caller.merchantId, id: params.id, status: target }),
  });
}
