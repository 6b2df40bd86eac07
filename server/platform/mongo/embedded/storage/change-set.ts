import { encodeDocument } from '../bson/encode-document.ts';
import type { Document } from '../bson/value.ts';

/** What a logged operation does; the numbers are part of the file format. */
export const OPERATIONS = {
  put: 1,
  remove: 2,
  createCollection: 3,
  dropCollection: 4,
  createIndex: 5,
  dropIndex: 6,
} as const;

export type OperationKind = (typeof OPERATIONS)[keyof typeof OPERATIONS];

/**
 * All that one command changes. Memory is changed at once, so that the command sees its own work; the
 * operations go to the log as one record, and `undo` takes everything back when that record cannot be written.
 */
export class ChangeSet {
  readonly operations: Uint8Array[] = [];
  readonly #undos: (() => void)[] = [];

  /** `payload` is BSON: the document put, `{ _id }` of one removed, or an index definition. */
  record(kind: OperationKind, namespace: string, payload: Uint8Array | Document, undo: () => void): void {
    const body = payload instanceof Map ? encodeDocument(payload) : payload;
    this.operations.push(encodeOperation(kind, namespace, body));
    this.#undos.push(undo);
  }

  get isEmpty(): boolean {
    return this.operations.length === 0;
  }

  undo(): void {
    for (const undo of this.#undos.splice(0).reverse()) undo();
  }
}

/** [kind: 1 byte][length of namespace: 2 bytes][namespace][BSON, which carries its own length] */
export function encodeOperation(kind: OperationKind, namespace: string, body: Uint8Array): Uint8Array {
  const name = Buffer.from(namespace, 'utf8');
  const head = Buffer.alloc(3);
  head.writeUInt8(kind, 0);
  head.writeUInt16LE(name.length, 1);
  return Buffer.concat([head, name, body]);
}

export interface DecodedOperation {
  kind: OperationKind;
  namespace: string;
  body: Uint8Array;
}

/** Reads back what `encodeOperation` wrote, one after another. */
export function* decodeOperations(bytes: Buffer): Generator<DecodedOperation> {
  for (let at = 0; at < bytes.length;) {
    const kind = bytes.readUInt8(at) as OperationKind;
    const bodyAt = at + 3 + bytes.readUInt16LE(at + 1);
    const end = bodyAt + bytes.readInt32LE(bodyAt);
    yield { kind, namespace: bytes.toString('utf8', at + 3, bodyAt), body: bytes.subarray(bodyAt, end) };
    at = end;
  }
}
