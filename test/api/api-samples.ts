import { newId } from '../../server/shared/ids.ts';
import type { Schema, ApiRoute } from './api-document.ts';
import type { ApiThings } from './api-things.ts';

/** The id that a field or a parameter named `affiliateId` or `programId` means. */
function idOf(field: string, things: ApiThings): string | undefined {
  const kind = `${field.replace(/Id$/, '')}s`;
  return field.endsWith('Id') && kind in things ? things[kind as keyof ApiThings] : undefined;
}

/** The ids that a field named `commissionIds` means: one of them. */
function idsOf(field: string, things: ApiThings): string[] | undefined {
  const id = field.endsWith('Ids') ? idOf(field.slice(0, -1), things) : undefined;
  return id === undefined ? undefined : [id];
}

/**
 * The path of a route with a thing's id in the place of each parameter: `{id}` is named by the segment
 * before it.
 */
export function fillPath(path: string, things: ApiThings): string {
  const segments = path.split('/');
  return segments
    .map((segment, index) => {
      const name = /^\{(.+)\}$/.exec(segment)?.[1];
      if (name === undefined) return segment;
      const kind = segments[index - 1] ?? '';
      if (NEEDS_OPEN_STORE.test(path)) return things.openStores;
      const id = name === 'id' && kind in things ? things[kind as keyof ApiThings] : idOf(name, things);
      if (id !== undefined) return id;
      throw new Error(`No test covers ${path} yet: let test/api/api-things.ts make one of its "${kind}".`);
    })
    .join('/');
}

const NEEDS_OPEN_STORE = /\/stores\/\{id\}\/(rest-access|authorization)$/;

/** The smallest body that a schema accepts, with its own example, if any; what the schema cannot know is found by the field's name. */
export function sampleBody(schema: Schema, things: ApiThings): Record<string, unknown> {
  const fields = (schema.required ?? []).map((name): [string, unknown] => {
    const known = idOf(name, things) ?? idsOf(name, things) ?? things[name as keyof ApiThings];
    return [name, known ?? sampleValue(name, schema.properties?.[name] ?? {})];
  });
  const shown = (schema.example ?? {}) as Record<string, unknown>;
  return { ...shown, ...Object.fromEntries(fields) };
}

/** A body that a route accepts although the things of `sampleBody` exist already. */
export function newBody(route: ApiRoute, things: ApiThings): Record<string, unknown> {
  const body = sampleBody(route.body ?? {}, things);
  if (route.path.endsWith('/affiliates')) return { ...body, email: `${newId()}@example.org` };
  if (route.path.endsWith('/memberships')) return { ...body, affiliateId: things.newcomer };
  if (route.path.endsWith('/programs')) return { ...body, name: newId() };
  if (route.path.endsWith('/stores'))
    return { ...body, domain: `${newId()}.myshopify.com`, webhookSecret: newId() };
  if (route.path.endsWith('/reconciliations')) return { ...body, storeId: things.openStores };
  if (route.path.endsWith('/coupons')) return { ...body, code: newId() };
  if (route.path.endsWith('/rewrites')) return { ...body, slug: newId() };
  if (route.path.endsWith('/affiliate/links')) return { ...body, programId: things.membersProgram };
  if (route.path.endsWith('/orders/{id}/assign'))
    return { ...body, affiliateId: things.member, programId: things.membersProgram };
  return body;
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
  if (type !== undefined && type in values) return values[type];
  throw new Error(`No sample for the field "${name}": add one to test/api/api-things.ts.`);
}
