import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { NewId } from '../../../shared/ids.ts';
import type { Log } from '../../log.ts';
import { logInSum } from '../../log-in-sum.ts';
import { describeRefusal, presentRefusal, type Refusal } from '../describe-refusal.ts';
import { TOO_MUCH_WAITS } from '../recognise-error.ts';
import type { AheadAnswer, AheadRequest, AheadRoute } from './ahead-route.ts';
import { readBody } from './read-body.ts';
import { createTurns } from './wait-for-turn.ts';

export interface AheadDeps {
  routes: readonly AheadRoute[];
  /** The client's address of a request, by Express's own rule for trusted proxies. */
  addressOf(request: IncomingMessage): string;
  /** Told of each request that is served here. */
  noteRequest?: () => void;
  newId: NewId;
  log: Log;
}

/** What holds for all of these answers, pages of other sites included; Express's own answers get more of helmet. */
const SAFE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

/**
 * Not on a redirect: browsers would hide from the page to which it leads where their visitor comes from, too
 * (Fetch, "set request's referrer policy on redirect").
 */
const NO_REFERRER = { 'Referrer-Policy': 'no-referrer' };
const isRedirect = (status: number): boolean => status >= 300 && status < 400;

const ANY_ORIGIN = 'http://localhost';

/**
 * Serves the routes that every click and every order calls, ahead of Express. The line in the log names the
 * route only when it refuses: one line for each click would cost more than the click.
 */
export function serveAhead({ routes, ...deps }: AheadDeps, app: RequestListener): RequestListener {
  const fixed = new Map(routes.filter(({ path }) => !path.includes(':')).map((route) => [route.path, route]));
  const named = routes
    .filter(({ path }) => path.includes(':'))
    .map((route) => ({ prefix: route.path.slice(0, route.path.indexOf(':')), route }));
  const noteInSum = logInSum(deps.log);
  const takeTurn = createTurns();

  function find(path: string): { route: AheadRoute; segment: string } | undefined {
    const exact = fixed.get(path);
    if (exact) return { route: exact, segment: '' };
    const match = named.find(({ prefix }) => path.startsWith(prefix));
    // A slash at the end changes nothing, as in Express.
    const segment = match && path.slice(match.prefix.length).replace(/\/$/, '');
    return segment && !segment.includes('/') ? { route: match.route, segment } : undefined;
  }

  return (request, response) => {
    const [path = '', search = ''] = splitAddress(request.url ?? '/');
    const found = find(path);
    if (!found?.route.methods.includes(request.method ?? '')) return app(request, response);
    void serve({ ...found, search, request, response });
  };

  async function serve(served: Served): Promise<void> {
    const { route, request, response } = served;
    const requestId = deps.newId();
    deps.noteRequest?.();
    const turn = route.yields && takeTurn();
    const isRush = turn === 'rush';
    if (route.isFull && (isRush || route.isFull())) {
      noteInSum('refused in a rush', { route: route.path });
      return refuse(presentRefusal(TOO_MUCH_WAITS, requestId));
    }
    if (turn && !isRush) await turn;
    try {
      const answer = await route.answer(readRequest(served, isRush));
      if (answer) send(response, requestId, { ...answer, headers: { ...route.headers, ...answer.headers } });
      else app(request, response);
    } catch (error) {
      refuse(describeRefusal(error, { requestId, route: route.path }, deps.log));
      // What is left of a body that was too large is not read, so that the connection cannot be used again.
      if (!request.complete) request.destroy();
    }

    function refuse({ status, headers, body }: Refusal): void {
      send(response, requestId, {
        status,
        headers: { ...JSON_TYPE, ...route.headers, ...headers },
        body: JSON.stringify(body),
      });
    }
  }

  function readRequest({ segment, search, request }: Served, isRush: boolean): AheadRequest {
    return {
      method: request.method ?? '',
      name: decodeURIComponent(segment),
      query: new URLSearchParams(search),
      headers: request.headers,
      ip: deps.addressOf(request),
      isRush,
      readBody: (limit) => readBody(request, limit),
    };
  }
}

interface Served {
  route: AheadRoute;
  segment: string;
  search: string;
  request: IncomingMessage;
  response: ServerResponse;
}

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** Path and query; proxies may send the whole address. */
function splitAddress(address: string): [path: string, search: string] {
  if (!address.startsWith('/')) {
    const url = URL.canParse(address) ? new URL(address) : new URL(ANY_ORIGIN);
    return [url.pathname, url.search];
  }
  const mark = address.indexOf('?');
  return mark < 0 ? [address, ''] : [address.slice(0, mark), address.slice(mark)];
}

function send(
  response: ServerResponse,
  requestId: string,
  { status, headers, body = '' }: AheadAnswer,
): void {
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, {
    ...{ 'X-Request-Id': requestId, 'Content-Length': length },
    ...SAFE_HEADERS,
    ...(isRedirect(status) ? {} : NO_REFERRER),
    ...headers,
  });
  response.end(body);
}
