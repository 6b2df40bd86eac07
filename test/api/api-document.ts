import { call } from '../support/a-shop.ts';

/** As much of JSON Schema as the samples read. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  example?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
}
type Content = Record<string, { schema: Schema }>;
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: Schema;
}
export interface Operation {
  summary?: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}
/** The OpenAPI document that the server writes of itself. */
export interface ApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
}

/** One route of the API as its own documentation describes it. */
export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `{parameters}`. */
  path: string;
  /** Whom the security scheme lets in. */
  caller: 'anybody' | 'merchant' | 'affiliate';
  /** What an API key of the merchant's needs to call it; undefined: no such key opens it. */
  scope: string | undefined;
  body: Schema | undefined;
  /** Names of what may stand behind the `?`. */
  query: string[];
  operation: Operation;
}

export async function readApiDocument(at: { url: string }): Promise<ApiDocument> {
  return (await call(at, 'GET', '/api/v1/openapi.json')).body as ApiDocument;
}

/** Every route that speaks JSON with signed-in callers; pages, hooks and the snippet are tested by themselves. */
export function listApiRoutes(document: ApiDocument): ApiRoute[] {
  return listRoutes(document).filter(({ path }) => path.startsWith('/api/'));
}

/** Every route of the document. */
export function listRoutes({ paths, components }: ApiDocument): ApiRoute[] {
  const resolve = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref ? components.schemas[schema.$ref.split('/').at(-1) ?? ''] : schema;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method as ApiRoute['method'],
      path,
      caller: callerOf(operation),
      scope: operation.security?.flatMap((scheme) => scheme['merchantKey'] ?? [])[0],
      body: resolve(operation.requestBody?.content['application/json']?.schema),
      query: (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name),
      operation,
    })),
  );
}

function callerOf({ security }: Operation): ApiRoute['caller'] {
  if (security === undefined) return 'anybody';
  return security.some((scheme) => 'affiliateKey' in scheme) ? 'affiliate' : 'merchant';
}

/** The name of a route in a test's message. */
export const nameOf = ({ method, path }: Pick<ApiRoute, 'method' | 'path'>): string =>
  `${method.toUpperCase()} ${path}`;
