import { serialize } from 'bson';
import { CommandError } from '../errors.ts';
import type { Document } from './value.ts';

/** MongoDB's limit for one stored document. */
export const LARGEST_DOCUMENT = 16 * 1024 * 1024;

/** Bytes of a document. bson takes Maps and keeps the order of their fields. */
export function encodeDocument(document: Document): Uint8Array {
  return serialize(document, { ignoreUndefined: false });
}

/** As `encodeDocument`, for a document that will be stored. Throws CommandError 10334 over 16 MiB. */
export function encodeStoredDocument(document: Document): Uint8Array {
  const bytes = encodeDocument(document);
  if (bytes.length > LARGEST_DOCUMENT) {
    throw new CommandError(
      10334,
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and 16793600`,
    );
  }
  return bytes;
}
