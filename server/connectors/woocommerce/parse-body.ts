import { DomainError } from '../../shared/errors.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a signed body as JSON. Plain JSON.parse will do: WooCommerce's amounts are strings, its ids small.
 * @throws DomainError malformed-body when it is not JSON in UTF-8.
 */
export function parseBody(raw: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(raw)) as unknown;
  } catch {
    throw new DomainError(
      'malformed-body',
      'The body is not JSON.',
      'Send one JSON document, encoded in UTF-8.',
    );
  }
}
