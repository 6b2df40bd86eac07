import { z } from 'zod';
import type { Answer } from '../support/a-shop.ts';
import { nameOf, type ApiDocument, type ApiRoute } from './api-document.ts';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

/**
 * Holds answers against the document: the status is the one that it names, or the body is an error; the body
 * has every member that the schema requires, in its type, and none that it does not name.
 * @returns what is wrong, in words; empty when nothing is
 */
export function createAnswerCheck(document: ApiDocument) {
  const $defs = closeSchema(document.components.schemas);
  return (route: ApiRoute, answer: Pick<Answer, 'status' | 'body'>): string[] => {
    const documented = route.operation.responses[answer.status];
    const response = answer.status >= 400 ? route.operation.responses['default'] : documented;
    if (!response) return [`${nameOf(route)}: the document does not name the status ${answer.status}`];
    const [type = '', content] = Object.entries(response.content ?? {})[0] ?? [];
    const schema = type === 'application/json' ? content?.schema : undefined;
    if (content && !schema) return typeof answer.body === 'string' ? [] : [`${nameOf(route)}: not text`];
    if (!schema) return answer.body === '' ? [] : [`${nameOf(route)}: the document names no body`];
    const closed = { ...(closeSchema(schema) as object), $defs } as JsonSchema;
    const result = z.fromJSONSchema(closed).safeParse(answer.body);
    return (result.error?.issues ?? []).map(
      ({ path, message }) => `${nameOf(route)} ${answer.status}: ${path.join('.')}: ${message}`,
    );
  };
}

/** The schema as one that stands alone and allows no member that it does not name. */
function closeSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closeSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]: [string, unknown]) =>
    key === '$ref'
      ? [key, String(value).replace('#/components/schemas/', '#/$defs/')]
      : [key, closeSchema(value)],
  );
  const isObject = 'properties' in schema && !('additionalProperties' in schema);
  return { ...(isObject && { additionalProperties: false }), ...Object.fromEntries(entries) };
}
