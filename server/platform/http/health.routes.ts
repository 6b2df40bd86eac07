import { z } from 'zod';
import { DomainError } from '../../shared/errors.ts';
import { defineRoute, type RouteDefinition } from './define-route.ts';

const health = z.object({ status: z.literal('ok') });

/** `GET /live`: the process runs. `GET /ready`: it can work, 503 while it cannot. */
export function healthRoutes(isReady: () => Promise<boolean>): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/live',
      summary: 'The process runs',
      access: 'public',
      response: health,
      handle: () => Promise.resolve({ status: 'ok' as const }),
    }),
    defineRoute({
      method: 'get',
      path: '/ready',
      summary: 'The server can work: its database answers',
      access: 'public',
      response: health,
      handle: async () => {
        if (await isReady()) return { status: 'ok' as const };
        throw new DomainError('unavailable', 'The server is not ready.', 'Try again in a moment.');
      },
    }),
  ];
}
