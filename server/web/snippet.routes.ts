import { Router } from 'express';
import { z } from 'zod';
import type { RouteDescription } from '../platform/http/index.ts';

export const snippetDescriptions: RouteDescription[] = [
  {
    method: 'get',
    path: '/snippet.js',
    summary: 'The storefront snippet; its address names the store',
    access: 'public',
    query: z.object({ store: z.string().meta({ description: 'The `storeKey` of the store' }) }),
  },
];

/** `GET /snippet.js?store=<key>`: the same script for every store; it reads the key from its own address. */
export function snippetRoutes(snippet: () => Promise<string>): Router {
  const router = Router();
  router.get('/snippet.js', async (_request, response) => {
    response.set({ 'Cache-Control': 'public, max-age=3600', 'Cross-Origin-Resource-Policy': 'cross-origin' });
    response.type('text/javascript').send(await snippet());
  });
  return router;
}
