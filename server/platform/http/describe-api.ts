import { OpenApiGeneratorV31, OpenAPIRegistry, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { isApiScope } from '../../shared/api-scopes.ts';
import type { RouteDescription } from './define-route.ts';

const BEARER = 'bearer';
const AFFILIATE_KEY = 'affiliateKey';
const MERCHANT_KEY = 'merchantKey';
const PATH_PARAMETER = /:([A-Za-z]+)/g;

const errorBody = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      help: z.string(),
      requestId: z.string(),
      issues: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  })
  .meta({ id: 'Error' });

const idempotencyHeaders = z.object({
  'Idempotency-Key': z.string().max(200).optional().meta({
    description: 'Same key and same body: the stored answer again, with `Idempotency-Hit: true`',
  }),
});

/** The OpenAPI 3.1 document of all routes, from the schemas that check and shape their traffic. */
export function describeApi(routes: readonly RouteDescription[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', BEARER, {
    type: 'http',
    scheme: 'bearer',
    description: "The merchant's staff, by the accessToken of a sign-in",
  });
  registry.registerComponent('securitySchemes', AFFILIATE_KEY, {
    type: 'http',
    scheme: 'bearer',
    description: 'An affiliate, by an API key: rfl_ and 43 characters',
  });
  registry.registerComponent('securitySchemes', MERCHANT_KEY, {
    type: 'http',
    scheme: 'bearer',
    description: 'A program of the merchant, by an API key with the scope that the route names',
  });
  for (const route of routes) registry.registerPath(toRouteConfig(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Refledger',
      version: '1',
      description: 'Ids are strings, times ISO 8601 UTC, amounts minor units, rates parts per million.',
    },
  });
}

function toRouteConfig(route: RouteDescription): RouteConfig {
  const success = route.response
    ? {
        description: 'Success',
        content: { [route.responseType ?? 'application/json']: { schema: route.response } },
      }
    : { description: 'Success' };
  return {
    method: route.method,
    path: route.path.replace(PATH_PARAMETER, '{$1}'),
    summary: route.summary,
    ...describeSecurity(route),
    request: describeRequest(route),
    responses: {
      [route.status ?? 200]: success,
      default: { description: 'Refused', content: describeRefusal(route) },
    },
  };
}

function describeSecurity({ access }: RouteDescription): Pick<RouteConfig, 'security'> {
  if (access === 'public') return {};
  if (isApiScope(access)) return { security: [{ [BEARER]: [] }, { [MERCHANT_KEY]: [access] }] };
  return { security: [{ [access === 'affiliate' ? AFFILIATE_KEY : BEARER]: [] }] };
}

/** Pages refuse in HTML what their visitor can mend; what fails before they are reached is JSON as everywhere. */
function describeRefusal({ isPage }: RouteDescription): Record<string, { schema: z.ZodType }> {
  const json = { 'application/json': { schema: errorBody } };
  return isPage ? { 'text/html': { schema: z.string() }, ...json } : json;
}

function describeRequest(route: RouteDescription): NonNullable<RouteConfig['request']> {
  const contentType = route.crossSite ? ['application/json', 'text/plain'] : ['application/json'];
  return {
    ...(route.params ? { params: route.params as z.ZodObject } : {}),
    ...(route.query ? { query: route.query as z.ZodObject } : {}),
    ...(route.headers ? { headers: route.headers } : {}),
    ...(takesIdempotencyKey(route) ? { headers: idempotencyHeaders } : {}),
    ...(route.body
      ? { body: { content: Object.fromEntries(contentType.map((type) => [type, { schema: route.body }])) } }
      : {}),
  } as NonNullable<RouteConfig['request']>;
}

/** Hooks and pages bring their own handlers, which know repeats by other means. */
function takesIdempotencyKey(route: RouteDescription): boolean {
  return route.method !== 'get' && 'run' in route;
}
