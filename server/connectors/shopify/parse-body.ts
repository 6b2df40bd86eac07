import { parse } from 'lossless-json';
import { DomainError } from '../../shared/errors.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a signed body as JSON. Every number stays the text it was written as: ids go above 2^53, where a
 * number would be rounded to the id of another order, and amounts keep every digit.
 * @throws DomainError malformed-body when it is not JSON in UTF-8.
 */
export function parseBody(raw: Uint8Array): unknown {
  try {
    return parse(utf8.decode(raw), null, String);
  } catch {
    throw new DomainError(
      'malformed-body',
      'The body is not JSON.',
      'Send one JSON document, encoded in UTF-8.',
    );
  }
}
