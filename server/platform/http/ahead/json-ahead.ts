import { DomainError } from '../../../shared/errors.ts';
import type { RouteDefinition } from '../define-route.ts';
import { writeBigint } from '../write-bigint.ts';
import type { AheadRequest, AheadRoute } from './ahead-route.ts';

const OPEN_TO_SITES = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};
const JSON_ANSWER = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
const BODY_TYPES = /^(application\/json|text\/plain)\b/i;

/**
 * Serves a public route that pages of other sites post to when they are visited, with the same checks and the same
 * answers, ahead of Express. What is rare is left to Express: preflights, marked writes, packed bodies, other content types.
 * @param bodyLimit bytes
 * @param isFull true when what it keeps has no place
 */
export function jsonAhead(
  route: RouteDefinition,
  bodyLimit: number,
  isFull: () => boolean = () => false,
): AheadRoute {
  return {
    isFull,
    yields: true,
    methods: [route.method.toUpperCase()],
    path: route.path,
    headers: OPEN_TO_SITES,
    async answer(request) {
      if (isRare(request)) return undefined;
      const { headers, ip } = request;
      const body = readJson(await request.readBody(bodyLimit));
      const output = await route.run({
        params: {},
        query: {},
        body,
        caller: undefined,
        ip,
        headers,
        origin: '',
      });
      return {
        status: route.status,
        headers: JSON_ANSWER,
        body: output === undefined ? '' : JSON.stringify(output, writeBigint),
      };
    },
  };
}

function isRare({ headers }: AheadRequest): boolean {
  return (
    'idempotency-key' in headers ||
    'content-encoding' in headers ||
    !BODY_TYPES.test(headers['content-type'] ?? '')
  );
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new DomainError(
      'malformed-body',
      'The body is not valid JSON.',
      'Send a complete, well-formed request.',
    );
  }
}
