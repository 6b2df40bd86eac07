import { Router, type RequestHandler } from 'express';
import {
  defineRoute,
  parseInput,
  TRANSPARENT_GIF,
  type RouteDefinition,
  type RouteDescription,
} from '../../../platform/http/index.ts';
import type { Log } from '../../../platform/log.ts';
import { maskError } from '../../../platform/mask-error.ts';
import { DomainError, notFound } from '../../../shared/errors.ts';
import type { StoreConnection } from '../../../shared/store-connection.ts';
import type { StorefrontSettings } from '../../../shared/storefront-settings.ts';
import { respectWishes } from '../touches/respect-wishes.ts';
import { pixelConversion, type PixelConversion } from './conversion.schema.ts';
import { conversionOfQuery, pixelQuery } from './pixel-query.schema.ts';

const IMAGE_PATH = '/collect/v1/c.gif';

export interface PixelRouteDeps {
  findStore: { byStoreKey(storeKey: string): Promise<StoreConnection | undefined> };
  storefrontSettings(merchantId: string): Promise<{ settings: StorefrontSettings }>;
  recordPixelConversion(store: StoreConnection, told: PixelConversion): Promise<void>;
  /** @throws DomainError `too-many-requests`. */
  limitConversions(ip: string): Promise<unknown>;
  log: Log;
}

/** `POST /collect/v1/conversions`: what the snippet's second script sends. */
export function pixelConversionRoute(deps: PixelRouteDeps): RouteDefinition {
  return defineRoute({
    method: 'post',
    path: '/collect/v1/conversions',
    summary: 'Records a sale or a lead that a page tells; pending until the merchant confirms it.',
    access: 'public',
    crossSite: true,
    body: pixelConversion,
    status: 202,
    handle: ({ body, ip, headers }) => record(deps, body, { ip, headers }),
  });
}

/** `GET /collect/v1/c.gif`: the same for pages without scripts. */
export function createPixelRouter(deps: PixelRouteDeps): Router {
  const router = Router();
  router.get(IMAGE_PATH, answerByImage(deps));
  return router;
}

/** What the OpenAPI document tells of the image. */
export const pixelDescriptions: RouteDescription[] = [
  {
    method: 'get',
    path: IMAGE_PATH,
    summary:
      'The same by an image, for pages without scripts; the header X-Refledger-Result says what became of it.',
    access: 'public',
    query: pixelQuery,
  },
];

/** The dot is answered in any case: a broken image on a thank-you page would be the shop's shame. */
function answerByImage(deps: PixelRouteDeps): RequestHandler {
  return async (request, response) => {
    let result = 'recorded';
    try {
      const told = parseInput(conversionOfQuery, request.query);
      await record(deps, told, { ip: request.ip ?? '', headers: request.headers });
    } catch (error) {
      result = describeRefusal(error);
      if (!(error instanceof DomainError)) {
        deps.log.warn({ error: maskError(error) }, 'a conversion of the pixel was not recorded');
      }
    }
    response
      .set({ 'Cache-Control': 'no-store', 'Cross-Origin-Resource-Policy': 'cross-origin' })
      .set('X-Refledger-Result', result)
      .type('gif')
      .send(TRANSPARENT_GIF);
  };
}

/** In plain ASCII, because it goes into a header. */
function describeRefusal(error: unknown): string {
  if (!(error instanceof DomainError)) return 'unavailable';
  const where = error.issues.map(({ path, message }) => `${path}: ${message}`).join(' ');
  return `${error.code}: ${where || error.message}`.replace(/[^\x20-\x7e]/g, '?');
}

async function record(
  deps: PixelRouteDeps,
  told: PixelConversion,
  { ip, headers }: { ip: string; headers: Parameters<typeof respectWishes>[2] },
): Promise<void> {
  await deps.limitConversions(ip);
  const store = await deps.findStore.byStoreKey(told.storeKey);
  if (!store || store.status === 'disconnected') throw notFound('The store');
  const { settings } = await deps.storefrontSettings(store.merchantId);
  respectWishes(settings, told.consent, headers);
  await deps.recordPixelConversion(store, told);
}
