import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { DomainError } from '../../shared/errors.ts';
import { admitCaller, type AnyCaller, type Authenticate } from './admit-caller.ts';
import type { Answer, AnswerOnce } from './answer-once.ts';
import type { RouteDefinition } from './define-route.ts';
import { invalidInput } from './parse-inputs.ts';
import { writeBigint } from './write-bigint.ts';

const BODY_LIMIT = '256kb';
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;
/** Whose keys the callers of public routes use, for each route its own. */
const PUBLIC_SCOPE = 'public';

interface MountDeps {
  authenticate: Authenticate;
  answerOnce: AnswerOnce;
}

/** Puts a declared route on the app: admit, read the body, run once, answer. */
export function mountRoute(app: Express, route: RouteDefinition, deps: MountDeps): void {
  const bodyTypes = route.crossSite ? ['json', 'text/plain'] : ['json'];
  const handlers: RequestHandler[] = [
    admit(route, deps.authenticate),
    ...(route.body
      ? [refuseOtherTypes(bodyTypes), express.json({ limit: BODY_LIMIT, type: bodyTypes })]
      : []),
    async (request, response) => {
      const answer = await answerRequest(route, request, response, deps.answerOnce);
      send(response, answer, route.responseType);
    },
  ];
  if (route.crossSite) {
    app.options(route.path, openToSites, (_request, response) => void response.sendStatus(204));
    handlers.unshift(openToSites);
  }
  app[route.method](route.path, ...handlers);
}

function admit(route: RouteDefinition, authenticate: Authenticate): RequestHandler {
  return async (request, response, next) => {
    const identify = () => authenticate(request.get('authorization'));
    response.locals['caller'] = await admitCaller(route.access, identify);
    next();
  };
}

function refuseOtherTypes(types: string[]): RequestHandler {
  return (request, _response, next) => {
    if (request.get('content-length') === '0' || request.is(types) !== false) {
      next();
      return;
    }
    const help = 'Send JSON and the header `Content-Type: application/json`.';
    throw new DomainError('unsupported-media-type', 'The body is not declared as JSON.', help);
  };
}

/** Lets a page of any origin call the route and read the answer; cookies are never sent along. */
const openToSites: RequestHandler = (_request, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
  next();
};

async function answerRequest(
  route: RouteDefinition,
  request: Request,
  response: Response,
  answerOnce: AnswerOnce,
): Promise<Answer & { replayed: boolean }> {
  const caller = response.locals['caller'] as AnyCaller | undefined;
  const { params, query, headers, ip = '' } = request;
  const body: unknown = request.body;
  const origin = `${request.protocol}://${request.get('host') ?? ''}`;
  const run = async (): Promise<Answer> => {
    const output = await route.run({ params, query, body, caller, ip, headers, origin });
    return { status: route.status, text: writeOutput(route, output) };
  };
  const key = readIdempotencyKey(request);
  if (route.method === 'get' || key === undefined) return { ...(await run()), replayed: false };
  return answerOnce(
    { merchantId: scopeOf(caller, route), key, request: [request.method, request.originalUrl, body] },
    run,
  );
}

function writeOutput({ responseType }: RouteDefinition, output: unknown): string {
  if (output === undefined) return '';
  return responseType !== undefined && typeof output === 'string'
    ? output
    : JSON.stringify(output, writeBigint);
}

/** Within which keys of writes are told apart: nobody gets an answer that was made for somebody else. */
function scopeOf(caller: AnyCaller | undefined, { path }: RouteDefinition): string {
  if (!caller) return `${PUBLIC_SCOPE} ${path}`;
  return 'affiliateId' in caller ? `${caller.merchantId} ${caller.affiliateId}` : caller.merchantId;
}

function readIdempotencyKey(request: Request): string | undefined {
  const key = request.get('Idempotency-Key');
  if (key === undefined || IDEMPOTENCY_KEY.test(key)) return key;
  const message = 'Use 1 to 200 visible ASCII characters, a random UUID for example.';
  throw invalidInput([{ path: 'Idempotency-Key', message }]);
}

function send(response: Response, answer: Answer & { replayed: boolean }, type = 'application/json'): void {
  response.set('Cache-Control', 'no-store');
  if (answer.replayed) response.set('Idempotency-Hit', 'true');
  response.status(answer.status);
  if (answer.text === '') response.end();
  else response.type(type).send(answer.text);
}
