import { isbot } from 'isbot';
import { z } from 'zod';
import {
  TRANSPARENT_GIF,
  type AheadAnswer,
  type AheadRoute,
  type RouteDescription,
} from '../../../platform/http/index.ts';
import { logInSum } from '../../../platform/log-in-sum.ts';
import { maskError } from '../../../platform/mask-error.ts';
import { DomainError } from '../../../shared/errors.ts';
import { readLanding } from './read-landing.ts';
import { respectWishes } from './respect-wishes.ts';
import type { TouchRouteDeps } from './touch.routes.ts';

const PATH = '/collect/v1/t.gif';
const IMAGE: AheadAnswer = {
  status: 200,
  headers: {
    'Content-Type': 'image/gif',
    'Cache-Control': 'no-store',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  },
  body: TRANSPARENT_GIF,
};

const pixelQuery = z.object({
  store: z.string().min(1).max(100).meta({ description: 'The `storeKey` of the store' }),
  code: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  sub: z.string().optional(),
  consent: z.enum(['0', '1']).optional().meta({ description: '1 = the visitor has agreed' }),
});

export const pixelDescription: RouteDescription = {
  method: 'get',
  path: PATH,
  summary: 'Records a touch of a page without scripts: an image of one pixel, whatever becomes of it',
  access: 'public',
  query: pixelQuery,
};

/** `GET /collect/v1/t.gif?store=&code=`: what comes with it is recorded like a touch; the page gets its image. */
export function pixelRoute(deps: TouchRouteDeps): AheadRoute {
  const { storefront, recordTouch, limitVisits, touches, log } = deps;
  const noteInSum = logInSum(log);
  return {
    methods: ['GET'],
    path: PATH,
    yields: true,
    async answer({ query, ip, headers, isRush }) {
      if (isRush || touches.isFull()) {
        noteInSum('a touch was lost in a rush');
        return IMAGE;
      }
      try {
        const visitsThisMinute = await limitVisits(ip);
        const read = pixelQuery.safeParse(Object.fromEntries(query));
        const store = read.success ? await storefront.storeByKey(read.data.store) : undefined;
        if (!read.success || !store || store.status === 'disconnected') return IMAGE;
        const { merchantId, id: storeId } = store;
        const { code, consent } = read.data;
        const { settings } = await storefront.termsOf(merchantId);
        respectWishes(settings, consent === '1', headers);
        const { subId } = readLanding(`https://pixel/?${query.toString()}`);
        const touch = await recordTouch({
          ...{ merchantId, storeId, code, coupon: null, class: 'link', carrier: 'image pixel', subId },
          ...{ linkId: null, isLanding: false, visitorKey: null, statedAt: null, ip, visitsThisMinute },
          ...{ url: headers.referer ?? null, referrer: null, isBot: isbot(headers['user-agent']) },
        });
        await touch.stored;
      } catch (error) {
        // A wrong code is the page's everyday mistake, and a wish is the visitor's right.
        if (!(error instanceof DomainError)) log.warn({ error: maskError(error) }, 'a touch was lost');
      }
      return IMAGE;
    },
  };
}
