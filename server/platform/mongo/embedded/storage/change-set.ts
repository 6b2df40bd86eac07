import { encodeDocument } from '../values/bson.ts';
import type { Document } from '../values/value.ts';

/** What a logged operation does; the numbers are part of the file format. */
export const OPERATIONS = {
  put: 1,
  remove: 2,
  createCollection: 3,
  dropCollection: 4,
  createIndex: 5,
  dropIndex: 6,
} as const;

type OperationName = keyof typeof OPERATIONS;

/**
 * All that one command changes. Memory is changed at once, so that the command sees its own work; the
 * operations go to the log as one record, and `undo` takes everything back when that record cannot be written.
 */
export class ChangeSet {
  readonly operations: Uint8Array[] = [];
  readonly #undos: (() => void)[] = [];

  /** `payload` is BSON: the document put, `{ _id }` of one removed, or an index definition. */
  record(name: OperationName, namespace: string, payload: Uint8Array | Document, undo: () => void): void {
    this.operations.push(encodeOperation(name, namespace, payload));
    this.#undos.push(undo);
  }

  undo(): void {
    for (const undo of this.#undos.splice(0).reverse()) undo();
  }
}

/** [number of the operation: 1 byte][length of namespace: 2 bytes][namespace][BSON, which carries its own length] */
export function encodeOperation(
  name: OperationName,
  namespace: string,
  payload: Uint8Array | Document,
): Uint8Array {
  const head = Buffer.alloc(3);
  head.writeUInt8(OPERATIONS[name], 0);
  head.writeUInt16LE(Buffer.byteLength(namespace), 1);
  return Buffer.concat([
    head,
    Buffer.from(namespace),
    payload instanceof Map ? encodeDocument(payload) : payload,
  ]);
}
