import request from 'supertest';
import type { Owner, PeopleServer, Things } from '../support/people.ts';

/** As much of OpenAPI as the samples read. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  example?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
}
interface Operation {
  security?: unknown[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** One route of the API as its own documentation describes it. */
export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `{parameters}`. */
  path: string;
  isPublic: boolean;
  body: Schema | undefined;
}

/** Every JSON route of the API; pages and hooks are tested by themselves. */
export async function readApiRoutes(server: PeopleServer): Promise<ApiRoute[]> {
  const { body } = await request(server.app).get('/api/v1/openapi.json').expect(200);
  const document = body as ApiDocument;
  const resolve = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref ? document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] : schema;
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        method: method as ApiRoute['method'],
        path,
        isPublic: operation.security === undefined,
        body: resolve(operation.requestBody?.content['application/json']?.schema),
      })),
    );
}

/** The name of a route in a test's title. */
export const nameOf = ({ method, path }: ApiRoute): string => `${method.toUpperCase()} ${path}`;

/** The id that a field or a parameter named `affiliateId` or `programId` means. */
function idOf(field: string, things: Things): string | undefined {
  const kind = `${field.replace(/Id$/, '')}s`;
  return field.endsWith('Id') && kind in things ? things[kind as keyof Things] : undefined;
}

/**
 * The path of a route with a thing's id in the place of each parameter: `{id}` is named by the segment
 * before it.
 */
export function fillPath(path: string, things: Things): string {
  const segments = path.split('/');
  return segments
    .map((segment, index) => {
      const name = /^\{(.+)\}$/.exec(segment)?.[1];
      if (name === undefined) return segment;
      const kind = segments[index - 1] ?? '';
      const id = name === 'id' && kind in things ? things[kind as keyof Things] : idOf(name, things);
      if (id === undefined) throw new Error(`test/support/people.ts: someThings makes no thing for ${path}`);
      return id;
    })
    .join('/');
}

/** The smallest body that a schema accepts; what the schema cannot know is found by the field's name. */
export function sampleBody(
  schema: Schema,
  things: Things,
  owner: Owner & { refreshToken?: string },
): Record<string, unknown> {
  const known: Record<string, unknown> = {
    email: owner.email,
    password: owner.password,
    refreshToken: owner.refreshToken,
    targetUrl: things.shopUrl,
  };
  const fields = (schema.required ?? []).map((name): [string, unknown] => {
    const field = schema.properties?.[name] ?? {};
    return [name, idOf(name, things) ?? known[name] ?? sampleValue(name, field)];
  });
  return Object.fromEntries(fields);
}

function sampleValue(name: string, schema: Schema): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  const type = schema.$ref ? 'object' : [schema.type].flat()[0];
  const values: Record<string, unknown> = {
    string: 'sample',
    array: [],
    object: {},
    integer: 1,
    boolean: true,
  };
  if (type === undefined || !(type in values)) throw new Error(`no sample for the field "${name}"`);
  return values[type];
}
