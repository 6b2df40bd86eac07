import type { ServerResponse } from 'node:http';
import type { FakeRequest } from './fake-route.ts';

/** What a shop's host may do in place of an answer. */
export type Fault =
  | 'unauthorised'
  | 'turned-away'
  | 'too-many'
  | 'server-error'
  | 'slow'
  | 'truncated'
  | 'redirect'
  | 'huge'
  | 'maintenance'
  /** WordPress without WooCommerce. */
  | 'no-routes';

/** Decides for each request; undefined lets it pass. */
export type ChooseFault = (request: FakeRequest) => Fault | undefined;

const RETRY_AFTER = '7';
const HUGE_LENGTH = 17 * 1024 * 1024;

/** Answers as a host in trouble does. A slow one answers nothing, until the client goes away. */
export function answerFaulty(fault: Fault, response: ServerResponse): void {
  const page = (status: number, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'Content-Type': 'text/html', ...headers }).end('<h1>The host says no</h1>');
  const json = { 'Content-Type': 'application/json; charset=UTF-8' };
  switch (fault) {
    case 'unauthorised': {
      const body = { code: 'woocommerce_rest_cannot_view', message: 'Sorry, you cannot list resources.' };
      response.writeHead(401, json).end(JSON.stringify({ ...body, data: { status: 401 } }));
      return;
    }
    case 'turned-away':
      page(403);
      return;
    case 'too-many':
      page(429, { 'Retry-After': RETRY_AFTER });
      return;
    case 'server-error':
      page(500);
      return;
    case 'maintenance':
      page(200);
      return;
    case 'redirect':
      page(302, { Location: 'https://elsewhere.example/' });
      return;
    case 'truncated':
      response.writeHead(200, { ...json, 'Content-Length': '4000' });
      response.write('[{"id":1,"number":"1"', () => response.destroy());
      return;
    case 'huge':
      response.writeHead(200, json).end(JSON.stringify(['x'.repeat(HUGE_LENGTH)]));
      return;
    case 'no-routes': {
      const body = { code: 'rest_no_route', message: 'No route was found matching the URL.' };
      response.writeHead(404, json).end(JSON.stringify({ ...body, data: { status: 404 } }));
      return;
    }
    case 'slow':
      return;
  }
}
