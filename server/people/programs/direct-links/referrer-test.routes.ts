import { Router, type Request } from 'express';
import { isbot } from 'isbot';
import { z } from 'zod';
import type { RouteDescription } from '../../../platform/http/index.ts';
import type { ReferrerVerdict } from './judge-referrer.ts';

export type NoteArrival = (token: string, header: string | undefined) => Promise<ReferrerVerdict>;

export const referrerTestDescriptions: RouteDescription[] = [
  {
    method: 'get',
    path: '/t/:token',
    summary: 'Says which referrer arrived, to whoever opens it from a page of a direct link.',
    access: 'public',
    params: z.object({ token: z.string() }),
    response: z.string(),
    responseType: 'text/plain',
  },
];

/**
 * `GET /t/:token`: a person reads the answer, so that it is text. Programs that look at an address before a person
 * opens it (HEAD, previews of links, a browser that fetches ahead) use nothing up.
 */
export function createReferrerTestRouter(noteArrival: NoteArrival): Router {
  const router = Router();
  router.get('/t/:token', async (request, response) => {
    response.set('Cache-Control', 'no-store');
    if (isLook(request)) return void response.type('text/plain').end();
    const { referrer, matches, result } = await noteArrival(request.params.token, request.get('referer'));
    const arrived = `Referrer that arrived: ${referrer ?? 'none'}`;
    response
      .type('text/plain')
      .send(`${arrived}\n${matches ? 'It matches.' : 'It does not match.'}\n${result}\n`);
  });
  return router;
}

function isLook(request: Request): boolean {
  const isEarly = request.get('sec-purpose') !== undefined || request.get('purpose') !== undefined;
  return request.method === 'HEAD' || isEarly || isbot(request.get('user-agent'));
}
