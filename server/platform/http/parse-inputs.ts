import type { z } from 'zod';
import { DomainError, type Issue } from '../../shared/errors.ts';

const PLACES = ['params', 'query', 'body'] as const;
type Place = (typeof PLACES)[number];

/**
 * The checked parts of a request; a part without a schema is undefined.
 * @throws DomainError `invalid-input` that names everything that is wrong at once, never the values.
 */
export function parseInputs(
  schemas: { [P in Place]?: z.ZodType },
  request: Record<Place, unknown>,
): Record<Place, unknown> {
  const parsed: Record<Place, unknown> = { params: undefined, query: undefined, body: undefined };
  const issues: Issue[] = [];
  for (const place of PLACES) {
    const result = schemas[place]?.safeParse(request[place] ?? {});
    if (result?.success) parsed[place] = result.data;
    else if (result) issues.push(...result.error.issues.map(describeIssue));
  }
  if (issues.length > 0) throw invalidInput(issues);
  return parsed;
}

/**
 * One checked value, for use cases that are called without a route.
 * @throws DomainError `invalid-input`.
 */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidInput(result.error.issues.map(describeIssue));
  return result.data;
}

/** The refusal of an input, with what is wrong where. */
export function invalidInput(issues: Issue[]): DomainError {
  return new DomainError(
    'invalid-input',
    'Some of what was sent is missing or wrong.',
    'See `issues` for each field; the schemas are in /api/v1/openapi.json.',
    issues,
  );
}

function describeIssue(issue: z.core.$ZodIssue): Issue {
  return { path: issue.path.map(String).join('.'), message: issue.message };
}
