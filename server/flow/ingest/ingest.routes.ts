import { Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import {
  defineRoute,
  momentInput,
  type RouteDefinition,
  type RouteDescription,
} from '../../platform/http/index.ts';
import type { Log } from '../../platform/log.ts';
import { maskError } from '../../platform/mask-error.ts';
import { DomainError, notFound } from '../../shared/errors.ts';
import type { StoreConnection } from '../../shared/store-connection.ts';
import type { StorefrontSettings } from '../../shared/storefront-settings.ts';
import { readPrivacySignals } from './read-privacy-signals.ts';
import type { Visit } from './record-touch.ts';
import { refuseByPrivacy } from './refuse-by-privacy.ts';

export interface IngestRouteDeps {
  findStore: { byStoreKey(storeKey: string): Promise<StoreConnection | undefined> };
  recordTouch(visit: Visit): Promise<{ touchId: string; visitorKey: string }>;
  linkBySlug(slug: string): Promise<LinkTarget | undefined>;
  storefrontSettings(merchantId: string): Promise<{ settings: StorefrontSettings }>;
  /** @throws DomainError `too-many-requests`. */
  limitVisits(ip: string): Promise<void>;
  log: Log;
}

/** A short link, as a redirect needs it. */
export interface LinkTarget {
  id: string;
  merchantId: string;
  code: string;
  targetUrl: string;
}

/** Random, of whatever kind; an e-mail address or other words about a person do not fit. */
const VISITOR_KEY = /^[A-Za-z0-9._~-]{8,100}$/;

const touchBody = z.object({
  storeKey: z.string().min(1).max(100),
  code: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, _ and -, at most 64')
    .nullish(),
  /** Of a link that carries a coupon instead of a code. */
  coupon: z.string().min(1).max(100).nullish(),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  referrer: z.union([z.url().max(2000), z.literal('')]).nullish(),
  visitorKey: z.string().regex(VISITOR_KEY, 'a random key: 8 to 100 letters, digits, . _ ~ and -').nullish(),
  occurredAt: momentInput.nullish(),
  consent: z.boolean(),
});

/** `POST /collect/v1/touches`: what the snippet sends. */
export function touchRoute(deps: IngestRouteDeps): RouteDefinition {
  return defineRoute({
    method: 'post',
    path: '/collect/v1/touches',
    summary: 'Records that an affiliate sent a visitor; only with the consent that the shop asks for.',
    access: 'public',
    crossSite: true,
    body: touchBody,
    response: z.object({ touchId: z.string(), visitorKey: z.string() }),
    status: 202,
    async handle({ body, ip, headers }) {
      await deps.limitVisits(ip);
      const store = await deps.findStore.byStoreKey(body.storeKey);
      if (!store || store.status === 'disconnected') throw notFound('The store');
      const { settings } = await deps.storefrontSettings(store.merchantId);
      const reason = refuseByPrivacy(settings, { consent: body.consent, ...readPrivacySignals(headers) });
      if (reason !== undefined) throw refusedByPrivacy(reason);
      const { code, coupon, url, referrer, visitorKey, occurredAt } = body;
      return deps.recordTouch({
        merchantId: store.merchantId,
        storeId: store.id,
        code: code ?? null,
        coupon: coupon ?? null,
        class: 'link',
        carrier: 'link',
        linkId: null,
        url,
        referrer: referrer ?? null,
        visitorKey: visitorKey ?? null,
        statedAt: occurredAt ?? null,
      });
    },
  });
}

function refusedByPrivacy(reason: string): DomainError {
  return new DomainError(
    'impossible',
    `No touch is recorded: ${reason}.`,
    'Send a touch when the visitor has agreed; /api/v1/settings/storefront says what is respected.',
  );
}

/** Redirects, which are no JSON routes. */
export function createIngestRouter(deps: IngestRouteDeps): Router {
  const router = Router();
  router.get('/r/:slug', followLink(deps));
  return router;
}

/** What the OpenAPI document tells about the router's addresses. */
export const ingestDescriptions: RouteDescription[] = [
  {
    method: 'get',
    path: '/r/:slug',
    summary: 'Records a touch and leads to the target of a short link, with the affiliate code.',
    access: 'public',
    params: z.object({ slug: z.string() }),
    status: 302,
  },
];

/**
 * `GET /r/:slug`: the target is on the merchant's own domains, which was checked when the link was made. The
 * buyer gets there in any case: a touch that cannot or may not be stored is our loss, not the shop's. Link previews ask by
 * HEAD and are no visit.
 */
function followLink(deps: IngestRouteDeps): RequestHandler<{ slug: string }> {
  return async (request, response) => {
    const link = await deps.linkBySlug(request.params.slug);
    if (!link) throw notFound('The link');
    if (request.method === 'GET') await recordFollowedLink(deps, link, request);
    const target = new URL(link.targetUrl);
    target.searchParams.set('ref', link.code);
    response
      .set('Cache-Control', 'no-store')
      .set('Referrer-Policy', 'no-referrer')
      .redirect(302, target.href);
  };
}

async function recordFollowedLink(
  { limitVisits, recordTouch, storefrontSettings, log }: IngestRouteDeps,
  link: LinkTarget,
  request: Request<{ slug: string }>,
): Promise<void> {
  const { id: linkId, merchantId, code } = link;
  // An ad network adds its parameters to the address that it was given: the one of the short link.
  const url = new URL(link.targetUrl);
  for (const [name, value] of new URL(request.originalUrl, url).searchParams)
    url.searchParams.append(name, value);
  const referrer = request.get('referer') ?? null;
  const visit = {
    merchantId,
    storeId: null,
    code,
    coupon: null,
    linkId,
    url: url.href,
    referrer,
    visitorKey: null,
    statedAt: null,
  };
  try {
    await limitVisits(request.ip ?? '');
    const { settings } = await storefrontSettings(merchantId);
    const wishes = { consent: null, ...readPrivacySignals(request.headers) };
    if (refuseByPrivacy(settings, wishes) !== undefined) return;
    await recordTouch({ ...visit, class: 'link', carrier: 'short link' });
  } catch (error) {
    log.warn({ error: maskError(error), linkId }, 'the touch of a short link was not recorded');
  }
}
