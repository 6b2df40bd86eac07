import { Router } from 'express';
import type { RouteDescription } from '../platform/http/index.ts';
import type { RenderPage } from './render-page.ts';

export const homeDescriptions: RouteDescription[] = [
  { method: 'get', path: '/', summary: 'Says what this server is', access: 'public' },
];

/** `GET /`: whoever opens the server's address in a browser is told what it is. */
export function homeRoutes(renderPage: RenderPage): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    response.send(renderPage('home', { title: 'Refledger' }));
  });
  return router;
}
