import { Double } from 'bson';
import type { CommandError, Fields } from '../errors.ts';
import { encodeDocument } from '../values/bson.ts';

/** A batch of a cursor; its documents go out as the bytes that were stored. */
export interface CursorReply {
  batchName: 'firstBatch' | 'nextBatch';
  batch: readonly Uint8Array[];
  /** 0 when there is no more. */
  id: bigint;
  namespace: string;
}

const OK = { ok: new Double(1) };
const DOCUMENT = 3;
const ARRAY = 4;

/** The BSON of a successful reply. */
export function encodeReply(reply: Fields | CursorReply): Uint8Array {
  return 'batchName' in reply ? encodeCursorReply(reply as CursorReply) : encodeDocument({ ...reply, ...OK });
}

function encodeCursorReply({ batchName, batch, id, namespace }: CursorReply): Uint8Array {
  const documents = wrap(batch.flatMap((document, i) => [head(DOCUMENT, String(i)), document]));
  const cursor = wrap([head(ARRAY, batchName), documents, fieldsOf({ id, ns: namespace })]);
  return wrap([head(DOCUMENT, 'cursor'), cursor, fieldsOf(OK)]);
}

/** The BSON of an error. */
export function encodeError({ message, code, codeName, details }: CommandError): Uint8Array {
  return encodeDocument({ ok: new Double(0), errmsg: message, code, codeName, ...details });
}

/** What stands before a value in a BSON document: its type and its name. */
function head(type: number, name: string): Buffer {
  return Buffer.from(`${String.fromCharCode(type)}${name}\0`, 'utf8');
}

/** A document's bytes without its length and its end. */
function fieldsOf(document: Fields): Uint8Array {
  return encodeDocument(document).subarray(4, -1);
}

function wrap(parts: readonly Uint8Array[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32LE(parts.reduce((sum, part) => sum + part.length, 5));
  return Buffer.concat([length, ...parts, Buffer.alloc(1)]);
}
