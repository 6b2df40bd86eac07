import { z } from 'zod';
import { notFound } from '../../shared/errors.ts';
import {
  defineRoute,
  id,
  idParams,
  pageOf,
  pageQuery,
  type Caller,
  type RouteDefinition,
} from '../../platform/http/index.ts';
import { affiliateKeySchema, newAffiliateKey } from '../api-keys/index.ts';
import { createAffiliateKey, type AffiliateKeyDeps } from './create-affiliate-key.ts';

const PATH = '/api/v1/affiliates/:id/api-keys';

const ownerOf = (caller: Caller, params: { id: string }) => ({
  merchantId: caller.merchantId,
  affiliateId: params.id,
});

/** The API keys of the merchant's affiliates. */
export function affiliateKeyRoutes(deps: AffiliateKeyDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Make an API key for an affiliate; this answer alone shows it',
      access: 'merchant',
      params: idParams,
      body: newAffiliateKey,
      response: z.object({ apiKey: affiliateKeySchema, key: z.string() }),
      status: 201,
      handle: async ({ caller, params, body }) => {
        const { key, ...made } = await createAffiliateKey(deps, ownerOf(caller, params), body);
        return { apiKey: made, key };
      },
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: "An affiliate's API keys, newest first",
      access: 'merchant',
      params: idParams,
      query: pageQuery,
      response: pageOf(affiliateKeySchema),
      handle: async ({ caller, params, query }) => {
        const owner = ownerOf(caller, params);
        if (!(await deps.affiliates.byId(owner.merchantId, owner.affiliateId)))
          throw notFound('The affiliate');
        return deps.apiKeys.list(owner, query);
      },
    }),
    defineRoute({
      method: 'delete',
      path: `${PATH}/:keyId`,
      summary: 'Delete an API key; it opens nothing any more',
      access: 'merchant',
      params: idParams.extend({ keyId: id }),
      status: 204,
      handle: async ({ caller, params }) => {
        const removed = await deps.apiKeys.remove(ownerOf(caller, params), params.keyId);
        if (!removed) throw notFound('The API key');
      },
    }),
  ];
}
