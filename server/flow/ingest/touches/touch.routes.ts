import { isbot } from 'isbot';
import { z } from 'zod';
import { defineRoute, momentInput, type RouteDefinition } from '../../../platform/http/index.ts';
import type { Log } from '../../../platform/log.ts';
import { maskError } from '../../../platform/mask-error.ts';
import { notFound } from '../../../shared/errors.ts';
import { foldCode } from '../../../shared/fold-code.ts';
import type { LimitVisits } from './limit-visits.ts';
import { readLanding } from './read-landing.ts';
import type { RecordedTouch, Visit } from './record-touch.ts';
import { respectWishes } from './respect-wishes.ts';
import type { StorefrontDirectory } from './storefront-directory.ts';
import type { TouchStore } from './touch.store.ts';

export interface TouchRouteDeps {
  storefront: StorefrontDirectory;
  recordTouch(visit: Visit): Promise<RecordedTouch>;
  limitVisits: LimitVisits;
  touches: Pick<TouchStore, 'isFull'>;
  log: Log;
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
export function touchRoute(deps: TouchRouteDeps): RouteDefinition {
  const { storefront, recordTouch, limitVisits, log } = deps;
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
      const visitsThisMinute = await limitVisits(ip);
      const store = await storefront.storeByKey(body.storeKey);
      if (!store || store.status === 'disconnected') throw notFound('The store');
      const { merchantId, id: storeId } = store;
      const { settings } = await storefront.termsOf(merchantId);
      respectWishes(settings, body.consent, headers);
      const { code = null, coupon = null, url, referrer, visitorKey = null, occurredAt } = body;
      const { subId, link } = readLanding(url);
      const followed = link && code ? await findFollowed(storefront, merchantId, { name: link, code }) : null;
      const touch = await recordTouch({
        ...{ merchantId, storeId, code, coupon, class: 'link', carrier: 'link', subId, url, visitorKey },
        ...{ linkId: followed?.id ?? null, isLanding: Boolean(followed) },
        ...{ referrer: referrer || null, statedAt: occurredAt ?? null },
        ...{ ip, isBot: isbot(headers['user-agent']), visitsThisMinute },
      });
      if (settings.clickAnswer === 'when-stored') await touch.stored;
      else touch.stored.catch((error: unknown) => log.warn({ error: maskError(error) }, 'a touch was lost'));
      return { touchId: touch.touchId, visitorKey: touch.visitorKey };
    },
  });
}

/** The link that a landing address names, when it is one of the merchant's and leads there with this code. */
async function findFollowed(
  storefront: StorefrontDirectory,
  merchantId: string,
  { name, code }: { name: string; code: string },
): Promise<{ id: string } | undefined> {
  const link = (await storefront.linkBySlug(name)) ?? (await storefront.linkById(name));
  if (link?.merchantId !== merchantId || foldCode(link.code) !== foldCode(code)) return undefined;
  return link;
}
