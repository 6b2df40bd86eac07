import { isbot } from 'isbot';
import { z } from 'zod';
import type {
  AheadAnswer,
  AheadRequest,
  AheadRoute,
  RouteDescription,
} from '../../../platform/http/index.ts';
import { logInSum } from '../../../platform/log-in-sum.ts';
import { maskError } from '../../../platform/mask-error.ts';
import type { Clock } from '../../../shared/clock.ts';
import { notFound } from '../../../shared/errors.ts';
import { AD_PARAMETERS } from '../../../shared/program-settings.ts';
import { readLanding } from './read-landing.ts';
import { readPrivacySignals } from './read-privacy-signals.ts';
import { readPurpose } from './read-purpose.ts';
import { refuseByPrivacy } from './refuse-by-privacy.ts';
import type { FollowedLink } from './storefront-directory.ts';
import type { TouchRouteDeps } from './touch.routes.ts';

export interface FollowLinkDeps extends TouchRouteDeps {
  /** The target with the affiliate's code, the sub-id, the name of the link, and what is passed on. */
  buildLandingUrl(
    targetUrl: string,
    marks: { code: string; subId: string | null; link: string; passedOn: [name: string, value: string][] },
  ): string;
  clock: Clock;
}

/** What the OpenAPI document tells about the two addresses. */
export const linkDescriptions: RouteDescription[] = [
  {
    method: 'get',
    path: '/r/:slug',
    summary: 'Records a touch and leads to the target of a short link or rewrite, with the affiliate code.',
    access: 'public',
    params: z.object({ slug: z.string() }),
    status: 302,
  },
  {
    method: 'get',
    path: '/d/:linkId',
    summary: 'Records a touch and leads to the target of a deep link, with the affiliate code.',
    access: 'public',
    params: z.object({ linkId: z.string() }),
    status: 302,
  },
];

/**
 * To a browser that asks before anybody has clicked: it forgets the answer and asks anew for the click, which
 * would else come out of its memory and never reach us.
 */
const ASK_AGAIN: AheadAnswer = { status: 503, headers: { 'Cache-Control': 'no-store', 'Retry-After': '1' } };

/** Tells that the visitor was led on and the click not kept: too many came at once, or the database was away. */
const NOT_KEPT = { 'X-Refledger-Click': 'not-kept' };

/**
 * `GET /r/:slug` and `GET /d/:linkId`, in capitals as well: people type them from paper. The target is on one of the
 * merchant's shops, or there is no such link. The buyer gets there in any case: a click that cannot be kept is our
 * loss, not the shop's, and the landing page's snippet tells of it again. A look at where it leads (HEAD, a browser's
 * preview) is no visit.
 */
export function followLinkRoutes(deps: FollowLinkDeps): AheadRoute[] {
  const noteInSum = logInSum(deps.log);
  const keep = (followed: Followed): boolean | Promise<boolean> => {
    if (!followed.request.isRush && !deps.touches.isFull()) return keepClick(deps, followed);
    noteInSum('the click on a link was not kept in a rush');
    return false;
  };
  const follow =
    (find: (name: string) => Promise<FollowedLink | undefined>, carrier: string) =>
    async (request: AheadRequest): Promise<AheadAnswer> => {
      const purpose = readPurpose(request.headers);
      if (purpose === 'prefetch') return ASK_AGAIN;
      const link = await find(request.name.toLowerCase());
      if (!link) throw notFound('The link');
      const subId = readLanding(`https://link/?${request.query.toString()}`).subId ?? link.subId;
      const passedOn = await readAdParameters(deps, link, request.query);
      const marks = { code: link.code, subId, link: link.name, passedOn };
      const landing = deps.buildLandingUrl(link.targetUrl, marks);
      const followed = { link, subId, landing, carrier, request };
      const isLook = request.method === 'HEAD' || purpose === 'preview';
      const isKept = isLook || (await keep(followed));
      const headers = { Location: landing, 'Cache-Control': 'no-store', ...(isKept ? {} : NOT_KEPT) };
      return { status: 302, headers };
    };
  const { storefront } = deps;
  const ofVisits = { methods: ['GET', 'HEAD'], yields: true } as const;
  return [
    { ...ofVisits, path: '/r/:slug', answer: follow((slug) => storefront.linkBySlug(slug), 'short link') },
    { ...ofVisits, path: '/d/:linkId', answer: follow((id) => storefront.linkById(id), 'deep link') },
  ];
}

interface Followed {
  link: FollowedLink;
  subId: string | null;
  landing: string;
  carrier: string;
  request: AheadRequest;
}

/** False when the click should have been kept and was not. */
async function keepClick(deps: FollowLinkDeps, followed: Followed): Promise<boolean> {
  const { storefront, limitVisits, recordTouch, log } = deps;
  const { link, subId, landing, carrier, request } = followed;
  const { merchantId, id: linkId, code } = link;
  const { ip, headers } = request;
  const warn = (error: unknown): void =>
    log.warn({ error: maskError(error), linkId }, 'the click on a link was not kept');
  try {
    const visitsThisMinute = await limitVisits(ip);
    const { settings } = await storefront.termsOf(merchantId);
    if (refuseByPrivacy(settings, { consent: null, ...readPrivacySignals(headers) }) !== undefined)
      return true;
    const touch = await recordTouch({
      merchantId,
      storeId: null,
      code,
      coupon: null,
      class: 'link',
      carrier,
      linkId,
      subId,
      isLanding: false,
      visitorKey: null,
      statedAt: null,
      ip,
      visitsThisMinute,
      url: landing,
      referrer: headers.referer ?? null,
      isBot: isbot(headers['user-agent']),
    });
    if (settings.clickAnswer === 'when-stored') await touch.stored;
    else touch.stored.catch(warn);
    return true;
  } catch (error) {
    warn(error);
    return false;
  }
}

/**
 * An ad network adds its parameters to the address that it was given: the one of the link. They go on to the shop,
 * where the visit is told of and judged again, and where the merchant's own tools look for them.
 */
async function readAdParameters(
  { storefront, clock }: FollowLinkDeps,
  { merchantId, programId }: FollowedLink,
  query: URLSearchParams,
): Promise<[string, string][]> {
  if (query.size === 0) return [];
  // A link leads on also where the settings cannot be read.
  const version = await storefront.settingsAt(merchantId, programId, clock()).catch(() => undefined);
  // Settings of the first version name no sources.
  const known = version?.settings.blockedSources?.adParameters ?? AD_PARAMETERS;
  return [...query].filter(([name]) => known.includes(name.toLowerCase()));
}
