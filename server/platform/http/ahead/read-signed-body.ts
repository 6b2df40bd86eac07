import { DomainError } from '../../../shared/errors.ts';
import type { AheadRequest } from './ahead-route.ts';

/** Bytes; for orders as platforms send them: one with hundreds of lines is larger than a MiB. */
export const PLATFORM_HOOK_LIMIT = 8 * 1_048_576;

/**
 * The bytes that were signed. They are those that arrive, so that nothing may pack them on their way.
 * @throws DomainError `unsupported-media-type` when they are packed, `body-too-large` above `limit` bytes,
 * `malformed-body` when the client hangs up.
 */
export async function readSignedBody(request: AheadRequest, limit: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() === 'identity') return request.readBody(limit);
  const help = 'Send the bytes that you signed, without Content-Encoding.';
  throw new DomainError('unsupported-media-type', 'The content encoding is not supported.', help);
}
