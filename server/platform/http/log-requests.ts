import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { NewId } from '../../shared/ids.ts';

const PROBES = new Set(['/live', '/ready']);

/**
 * Gives each request an id (also as `X-Request-Id`) and a log of its own, and writes one line when it is
 * answered. The line names the route and never the address: addresses carry tokens, codes and e-mails.
 */
export function logRequests(deps: { log: Logger; newId: NewId }): RequestHandler {
  return pinoHttp<Request, Response>({
    logger: deps.log,
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    genReqId: (_request, response) => {
      const id = deps.newId();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    autoLogging: { ignore: (request) => PROBES.has(request.url) },
    customLogLevel: () => 'info',
    customSuccessObject: describeExchange,
    customErrorObject: (request, response, _error, timing: object) =>
      describeExchange(request, response, timing),
  });
}

function describeExchange(request: Request, response: Response, timing: object): object {
  const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
  const responseTime = 'responseTime' in timing ? timing.responseTime : undefined;
  return { method: request.method, route, status: response.statusCode, responseTime };
}
