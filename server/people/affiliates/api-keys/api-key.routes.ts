import { z } from 'zod';
import { notFound } from '../../../shared/errors.ts';
import {
  defineRoute,
  id,
  idParams,
  moment,
  pageOf,
  pageQuery,
  type Caller,
  type RouteDefinition,
} from '../../../platform/http/index.ts';
import { newApiKey } from './api-key.ts';
import type { KeyOwner } from './api-key.store.ts';
import { createApiKey, type ApiKeyDeps } from './create-api-key.ts';

const PATH = '/api/v1/affiliates/:id/api-keys';

const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().meta({ description: 'The first characters of the key' }),
    createdAt: moment,
    lastUsedAt: moment.nullable().meta({ description: 'To the day (midnight UTC); null = never' }),
  })
  .meta({ id: 'ApiKey' });

const ownerOf = (caller: Caller, params: { id: string }): KeyOwner => ({
  merchantId: caller.merchantId,
  affiliateId: params.id,
});

/** The API keys of the merchant's affiliates. */
export function apiKeyRoutes(deps: ApiKeyDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Make an API key for an affiliate; this answer alone shows it',
      access: 'merchant',
      params: idParams,
      body: newApiKey,
      response: z.object({ apiKey, key: z.string() }),
      status: 201,
      handle: async ({ caller, params, body }) => {
        const { key, ...made } = await createApiKey(deps, ownerOf(caller, params), body);
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
      response: pageOf(apiKey),
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
