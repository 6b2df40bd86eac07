import { z } from 'zod';
import { notFound } from '../../shared/errors.ts';
import { defineRoute, idParams, pageOf, pageQuery, type RouteDefinition } from '../../platform/http/index.ts';
import { newApiKey, type KeyOwner } from './api-key.ts';
import { createApiKey, type ApiKeyDeps } from './create-api-key.ts';
import { apiKeySchema } from './present-api-key.ts';

const PATH = '/api/v1/api-keys';

const ownerOf = ({ merchantId }: { merchantId: string }): KeyOwner => ({ merchantId, affiliateId: null });

/** The API keys of the merchant's own programs. Keys are secrets, so that owners make and delete them. */
export function apiKeyRoutes(deps: ApiKeyDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Make an API key for a program of yours; this answer alone shows it',
      access: 'owner',
      body: newApiKey,
      response: z.object({ apiKey: apiKeySchema, key: z.string() }),
      status: 201,
      handle: async ({ caller, body }) => {
        const { key, ...apiKey } = await createApiKey(deps, ownerOf(caller), body);
        return { apiKey, key };
      },
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'The API keys of your programs, newest first',
      access: 'merchant',
      query: pageQuery,
      response: pageOf(apiKeySchema),
      handle: ({ caller, query }) => deps.apiKeys.list(ownerOf(caller), query),
    }),
    defineRoute({
      method: 'delete',
      path: `${PATH}/:id`,
      summary: 'Delete an API key; it opens nothing any more',
      access: 'owner',
      params: idParams,
      status: 204,
      handle: async ({ caller, params }) => {
        if (!(await deps.apiKeys.remove(ownerOf(caller), params.id))) throw notFound('The API key');
      },
    }),
  ];
}
