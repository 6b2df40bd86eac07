import { z } from 'zod';
import {
  defineRoute,
  idParams,
  moment,
  pageOf,
  pageQuery,
  type Caller,
  type RouteDefinition,
} from '../../platform/http/index.ts';
import { connectStore, type StoreDeps } from './connect-store.ts';
import { disconnectStore } from './disconnect-store.ts';
import { rotateStoreSecret, storeOrThrow } from './rotate-store-secret.ts';
import { givenSecret, newStore, PLATFORMS } from './store.ts';

const PATH = '/api/v1/stores';
const status = z.enum(['connected', 'disconnected']);

const store = z
  .object({
    id: z.string(),
    platform: z.enum(PLATFORMS),
    domain: z.string(),
    storefrontHosts: z.array(z.string()),
    storeKey: z.string().meta({ description: 'Public: for /snippet.js?store=' }),
    status,
    lastEventAt: moment.nullable(),
    createdAt: moment,
  })
  .meta({ id: 'Store' });

const secretChange = z.strictObject({
  kind: z.enum(['webhook', 'event']),
  secret: givenSecret.optional().meta({
    description: "A Shopify shop's webhook secret: the app's API secret key; others: made for you",
  }),
});
const onceOnly = { description: 'Shown this once' };
const refOf = (caller: Caller, params: { id: string }) => ({ merchantId: caller.merchantId, id: params.id });

/** The merchant's shops. Secrets are an owner's business. */
export function storeRoutes(deps: StoreDeps): RouteDefinition[] {
  return [...readingRoutes(deps), ...ownerRoutes(deps)];
}

function ownerRoutes(deps: StoreDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Connect a shop; the answer shows its secrets once',
      access: 'owner',
      body: newStore,
      response: z.object({
        store,
        webhookSecret: z.string().meta(onceOnly),
        eventSecret: z.string().meta(onceOnly),
      }),
      status: 201,
      handle: ({ caller, body }) => connectStore(deps, caller.merchantId, body),
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/:id/rotate-secret`,
      summary: 'Make a new secret; the one before stays valid for 24 hours',
      access: 'owner',
      params: idParams,
      body: secretChange,
      response: z.object({ store, secret: z.string().meta(onceOnly) }),
      handle: ({ caller, params, body }) =>
        rotateStoreSecret(deps, refOf(caller, params), { kind: body.kind, given: body.secret }),
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/:id/disconnect`,
      summary: 'Disconnect a shop: its hooks are refused, its orders stay',
      access: 'owner',
      params: idParams,
      response: store,
      handle: ({ caller, params }) => disconnectStore(deps, refOf(caller, params)),
    }),
  ];
}

function readingRoutes(deps: StoreDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'The shops, newest first',
      access: 'merchant',
      query: pageQuery,
      response: pageOf(store),
      handle: ({ caller, query }) => deps.stores.list(caller.merchantId, query),
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'One shop',
      access: 'merchant',
      params: idParams,
      response: store,
      handle: ({ caller, params }) => storeOrThrow(deps, refOf(caller, params)),
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id/health`,
      summary: 'Whether a shop is connected, and when it last told us something',
      access: 'merchant',
      params: idParams,
      response: z.object({ status, lastEventAt: moment.nullable() }),
      handle: ({ caller, params }) => storeOrThrow(deps, refOf(caller, params)),
    }),
  ];
}
