import { z } from 'zod';
import { defineRoute, idParams, moment, type RouteDefinition } from '../../../platform/http/index.ts';
import type { AccessDeps } from './access-deps.ts';
import { CALLBACK_PATH } from './build-authorize-url.ts';
import { removeRestAccess } from './remove-rest-access.ts';
import { saveRestAccess } from './save-rest-access.ts';
import { startAuthorization } from './start-authorization.ts';
import { grantedKeys, newRestAccess } from './store-access.ts';
import { takeKeys } from './take-keys.ts';

const PATH = '/api/v1/stores/:id';

/** How it goes with the keys of a shop; the keys themselves are never shown. */
export const restAccessSchema = z
  .object({
    address: z.string(),
    secretsInAddress: z.boolean(),
    since: moment,
    lastSuccessAt: moment.nullable(),
    lastFailure: z.object({ at: moment, message: z.string() }).nullable(),
    channel: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('plugin'), version: z.string(), at: moment }),
        z.object({
          kind: z.literal('webhooks'),
          webhooks: z.array(
            z.object({
              topic: z.string(),
              done: z.enum(['kept', 'created', 'created again', 'paused in the shop']),
            }),
          ),
          at: moment,
        }),
      ])
      .nullable()
      .meta({ description: 'How the shop tells us of its orders at once; null = it does not yet' }),
  })
  .meta({ id: 'RestAccess' });

export interface AccessRoutesDeps extends AccessDeps {
  /** Of this server, when it is known; else the address that was called. */
  publicUrl: string | undefined;
}

/** Keys of shops: an owner's business, but for the route that shops call themselves. */
export function accessRoutes(deps: AccessRoutesDeps): RouteDefinition[] {
  const { publicUrl } = deps;
  return [
    defineRoute({
      method: 'put',
      path: `${PATH}/rest-access`,
      summary: "Give the keys of a shop's REST interface; they are tried before they are kept",
      access: 'owner',
      params: idParams,
      body: newRestAccess,
      response: restAccessSchema,
      handle: ({ caller: { merchantId }, params, body, origin }) =>
        saveRestAccess(deps, { merchantId, id: params.id }, body, publicUrl ?? origin),
    }),
    defineRoute({
      method: 'delete',
      path: `${PATH}/rest-access`,
      summary: "Forget the keys of a shop's REST interface",
      access: 'owner',
      params: idParams,
      status: 204,
      handle: ({ caller: { merchantId }, params }) => removeRestAccess(deps, { merchantId, id: params.id }),
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/authorization`,
      summary: "Make the address at which the shop's owner agrees to give keys, by one click",
      access: 'owner',
      params: idParams,
      body: newRestAccess.pick({ address: true }),
      response: z.object({ authorizeUrl: z.string(), expiresAt: moment }),
      handle: ({ caller: { merchantId }, params, body: { address }, origin }) =>
        startAuthorization(deps, { merchantId, id: params.id }, { address, server: publicUrl ?? origin }),
    }),
    defineRoute({
      method: 'post',
      path: CALLBACK_PATH,
      summary: "Takes the keys that WooCommerce posts after a shop's owner agreed",
      access: 'public',
      body: grantedKeys,
      response: z.object({ connected: z.literal(true) }),
      async handle({ body }) {
        await takeKeys(deps, body);
        return { connected: true as const };
      },
    }),
  ];
}
