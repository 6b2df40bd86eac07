import { Router } from 'express';
import { z } from 'zod';
import type { RouteDescription } from '../platform/http/index.ts';
import type { RenderPage } from './render-page.ts';

const query = z.object({
  connect: z.string().max(2_000).optional().meta({ description: 'Of the shop whose plugin leads here' }),
});

export const homeDescriptions: RouteDescription[] = [
  {
    method: 'get',
    path: '/',
    summary: 'Says what this server is, and to the owner of a shop how to connect it',
    access: 'public',
    isPage: true,
    query,
  },
];

/**
 * `GET /`: whoever opens the server's address in a browser is told what it is. The button of a shop's plugin leads
 * here with the shop's address: its owner is told how to connect it.
 */
export function homeRoutes(renderPage: RenderPage): Router {
  const router = Router();
  router.get('/', (request, response) => {
    const shop = readShop(query.safeParse(request.query).data?.connect);
    const page =
      shop === undefined
        ? renderPage('home', { title: 'Refledger' })
        : renderPage('connect-shop', { title: 'Connect your shop', shop });
    response.send(page);
  });
  return router;
}

/** A shop's address without anything secret or odd in it; undefined when it is none. */
function readShop(address = ''): string | undefined {
  const url = URL.parse(address);
  if (!url || !['https:', 'http:'].includes(url.protocol)) return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
