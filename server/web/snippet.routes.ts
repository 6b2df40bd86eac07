import { Router } from 'express';
import { z } from 'zod';
import type { RouteDescription } from '../platform/http/index.ts';

const SCRIPTS = {
  'snippet.js': 'The storefront snippet; its address names the store',
  'snippet-forms.js': "The second script: coupons and codes to the shop's cart, sales and leads to us",
};
type ScriptName = keyof typeof SCRIPTS;

/** Gives the code of a script. */
export type LoadScript = (name: ScriptName) => Promise<string>;

const query = z.object({ store: z.string().meta({ description: 'The `storeKey` of the store' }) });

export const snippetDescriptions: RouteDescription[] = Object.entries(SCRIPTS).map(([name, summary]) => ({
  method: 'get',
  path: `/${name}`,
  summary,
  access: 'public',
  query,
}));

/**
 * `GET /snippet.js?store=<key>` and `GET /snippet-forms.js?store=<key>`: the same for every store; a script reads
 * the key from its own address.
 */
export function snippetRoutes(loadScript: LoadScript): Router {
  const router = Router();
  for (const name of Object.keys(SCRIPTS) as ScriptName[]) {
    router.get(`/${name}`, async (_request, response) => {
      response.set({
        'Cache-Control': 'public, max-age=3600',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
      response.type('text/javascript').send(await loadScript(name));
    });
  }
  return router;
}
