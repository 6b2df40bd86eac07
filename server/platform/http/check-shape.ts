import type { z } from 'zod';
import { DomainError, type Issue } from '../../shared/errors.ts';

/**
 * A signed body as its topic's schema reads it. Only the body is signed, so a body that was captured under
 * another topic is told by its shape.
 * @throws DomainError invalid-input with one issue per member that does not fit; never with its value.
 */
export function checkShape<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw invalidBody(result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
}

/** A body that is signed and readable, and still not what its topic promises. */
export function invalidBody(issues: Issue[]): DomainError {
  return new DomainError(
    'invalid-input',
    'The body does not have the shape of its topic.',
    'Send the body that the platform sends under this topic, whole and unchanged.',
    issues,
  );
}
