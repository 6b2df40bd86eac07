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
import { restAccessSchema } from './access/access.routes.ts';
import type { StoreAccess } from './access/store-access.ts';
import { connectStore, type StoreDeps } from './connect-store.ts';
import { writeConnectionKey } from './write-connection-key.ts';
import { disconnectStore } from './disconnect-store.ts';
import { rotateStoreSecret, storeOrThrow } from './rotate-store-secret.ts';
import { givenSecret, newStore, PLATFORMS, type Store } from './store.ts';

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
const connectionKey = z.string().nullable().meta({
  description: "Shown this once: to paste into the shop's plugin. Null where no plugin takes one",
});

export interface StoreRoutesDeps extends StoreDeps {
  /** Base64 of the key under which the merchant's plugins hash buyers. */
  buyerKey(merchantId: string): string;
  /** Of this server, when it is known; else the address that was called. */
  publicUrl: string | undefined;
  /** The keys of a shop's REST interface; undefined when there are none. */
  accessOf(merchantId: string, storeId: string): Promise<StoreAccess | undefined>;
}

const refOf = (caller: Caller, params: { id: string }) => ({ merchantId: caller.merchantId, id: params.id });

/** The merchant's shops. Secrets are an owner's business. */
export function storeRoutes(deps: StoreRoutesDeps): RouteDefinition[] {
  return [...readingRoutes(deps), ...ownerRoutes(deps)];
}

function ownerRoutes(deps: StoreRoutesDeps): RouteDefinition[] {
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
        connectionKey,
      }),
      status: 201,
      async handle({ caller, body, origin }) {
        const connected = await connectStore(deps, caller.merchantId, body);
        const { store, eventSecret } = connected;
        return { ...connected, connectionKey: keyFor(deps, store, { eventSecret, origin }) };
      },
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/:id/rotate-secret`,
      summary: 'Make a new secret; the one before stays valid for 24 hours',
      access: 'owner',
      params: idParams,
      body: secretChange,
      response: z.object({ store, secret: z.string().meta(onceOnly), connectionKey }),
      async handle({ caller, params, body: { kind, secret: given }, origin }) {
        const rotated = await rotateStoreSecret(deps, refOf(caller, params), { kind, given });
        const eventSecret = kind === 'event' ? rotated.secret : undefined;
        return { ...rotated, connectionKey: keyFor(deps, rotated.store, { eventSecret, origin }) };
      },
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

/** For shops whose plugin is ours; it signs events, so that a new secret of the platform's own hooks makes none. */
function keyFor(
  { buyerKey, publicUrl }: StoreRoutesDeps,
  { id: storeId, merchantId, platform, storeKey }: Store,
  { eventSecret, origin }: { eventSecret: string | undefined; origin: string },
): string | null {
  if (platform !== 'woocommerce' || eventSecret === undefined) return null;
  const server = publicUrl ?? origin;
  return writeConnectionKey({ server, storeId, storeKey, eventSecret, buyerKey: buyerKey(merchantId) });
}

function readingRoutes(deps: StoreRoutesDeps): RouteDefinition[] {
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
      response: z.object({
        status,
        lastEventAt: moment.nullable(),
        restAccess: restAccessSchema.nullable().meta({ description: "null = no keys of the shop's" }),
      }),
      async handle({ caller, params }) {
        const found = await storeOrThrow(deps, refOf(caller, params));
        return { ...found, restAccess: (await deps.accessOf(found.merchantId, found.id)) ?? null };
      },
    }),
  ];
}
