import express, { type Express, type Router } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { notFound } from '../../shared/errors.ts';
import type { NewId } from '../../shared/ids.ts';
import type { Authenticate } from './admit-caller.ts';
import { answerError } from './answer-error.ts';
import type { AnswerOnce } from './answer-once.ts';
import type { RouteDefinition, RouteDescription } from './define-route.ts';
import { describeApi } from './describe-api.ts';
import { healthRoutes } from './health.routes.ts';
import { logRequests } from './log-requests.ts';
import { mountRoute } from './mount-route.ts';
import { warnOfProxy } from './warn-of-proxy.ts';
import { writeBigint } from './write-bigint.ts';

export interface HttpAppDeps {
  routes: RouteDefinition[];
  /** Hooks, redirects and pages, which speak more than JSON; they bring their own body parsers. */
  routers: Router[];
  /** What the OpenAPI document tells about `routers`. */
  descriptions: RouteDescription[];
  authenticate: Authenticate;
  answerOnce: AnswerOnce;
  isReady: () => Promise<boolean>;
  log: Logger;
  newId: NewId;
  /** Express's `trust proxy`; off unless a proxy stands in front, else clients could choose their address. */
  trustProxy?: boolean | number | string;
}

const OPENAPI_PATH = '/api/v1/openapi.json';

/** Content of our own server only, no scripts from elsewhere, in nobody's frame. */
const CONTENT_SECURITY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

/**
 * The Express app with everything that holds for every request.
 * @throws Error when two routes claim the same method and path.
 */
export function createHttpApp(deps: HttpAppDeps): Express {
  const routes = [...healthRoutes(deps.isReady), ...deps.routes];
  refuseTwins([...routes, ...deps.descriptions]);
  const app = express();
  app.set('trust proxy', deps.trustProxy ?? false);
  app.set('json replacer', writeBigint);
  app.set('etag', false);
  app.use(logRequests(deps), helmet({ contentSecurityPolicy: CONTENT_SECURITY }));
  app.use(warnOfProxy({ log: deps.log, trustsProxy: Boolean(deps.trustProxy) }));
  for (const router of deps.routers) app.use(router);
  for (const route of routes) mountRoute(app, route, deps);
  // Made when first asked for: most servers start without anybody reading it.
  let document: ReturnType<typeof describeApi> | undefined;
  app.get(OPENAPI_PATH, (_request, response) => {
    document ??= describeApi([...routes, ...deps.descriptions]);
    response.json(document);
  });
  app.use(() => {
    throw notFound('The address');
  });
  app.use(answerError);
  return app;
}

function refuseTwins(routes: RouteDescription[]): void {
  const seen = new Set<string>();
  for (const { method, path } of routes) {
    const name = `${method.toUpperCase()} ${path}`;
    if (seen.has(name)) throw new Error(`Two routes claim ${name}`);
    seen.add(name);
  }
}
