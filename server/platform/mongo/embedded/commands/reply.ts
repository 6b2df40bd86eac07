import { Double } from 'bson';
import { encodeDocument } from '../bson/encode-document.ts';
import type { Document, Value } from '../bson/value.ts';
import { numberValue } from '../bson/value.ts';
import type { CommandError } from '../errors.ts';

/** A batch of a cursor; its documents go out as the bytes that were stored. */
export interface CursorReply {
  batchName: 'firstBatch' | 'nextBatch';
  batch: readonly Uint8Array[];
  /** 0 when there is no more. */
  id: bigint;
  namespace: string;
}

const OK: Document = new Map([['ok', new Double(1)]]);
const DOCUMENT = 3;
const ARRAY = 4;

/** The BSON of a successful reply. */
export function encodeReply(reply: Document | CursorReply): Uint8Array {
  if (reply instanceof Map) return encodeDocument(new Map<string, Value>([...reply, ...OK]));
  const batch = wrap(reply.batch.flatMap((document, i) => [head(DOCUMENT, String(i)), document]));
  const rest: Document = new Map<string, Value>([
    ['id', reply.id],
    ['ns', reply.namespace],
  ]);
  const cursor = wrap([head(ARRAY, reply.batchName), batch, fieldsOf(rest)]);
  return wrap([head(DOCUMENT, 'cursor'), cursor, fieldsOf(OK)]);
}

/** The BSON of an error. */
export function encodeError(error: CommandError): Uint8Array {
  return encodeDocument(
    new Map<string, Value>([
      ['ok', new Double(0)],
      ['errmsg', error.message],
      ['code', numberValue(error.code)],
      ['codeName', error.codeName],
      ...error.details,
    ]),
  );
}

/** What stands before a value in a BSON document: its type and its name. */
function head(type: number, name: string): Buffer {
  return Buffer.from(`${String.fromCharCode(type)}${name}\0`, 'utf8');
}

/** A document's bytes without its length and its end. */
function fieldsOf(document: Document): Uint8Array {
  return encodeDocument(document).subarray(4, -1);
}

function wrap(parts: readonly Uint8Array[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32LE(parts.reduce((sum, part) => sum + part.length, 5));
  return Buffer.concat([length, ...parts, Buffer.alloc(1)]);
}
