import { encodeDocument } from '../bson/encode-document.ts';
import type { Document } from '../bson/value.ts';
import type { Catalog } from './catalog.ts';
import { OPERATIONS, encodeOperation } from './change-set.ts';

const NOTHING: Document = new Map();
const RECORD_SIZE = 1024 * 1024;

/**
 * All data as the operations that would create it, in payloads of about a megabyte. The references are
 * taken at once; the documents' bytes never change in place, so encoding may go on while others write.
 */
export function snapshotOperations(catalog: Catalog): Iterable<Buffer> {
  const collections = catalog.all().map((collection) => ({
    namespace: collection.namespace,
    indexes: collection.indexes.slice(1).map(({ spec }) => spec.definition),
    documents: Array.from(collection.records(), ({ bytes }) => bytes),
  }));
  return inPayloads(operationsOf(collections));
}

interface CollectionSnapshot {
  namespace: string;
  indexes: Document[];
  documents: Uint8Array[];
}

function* operationsOf(collections: CollectionSnapshot[]): Generator<Uint8Array> {
  for (const { namespace, indexes, documents } of collections) {
    yield encodeOperation(OPERATIONS.createCollection, namespace, encodeDocument(NOTHING));
    for (const index of indexes)
      yield encodeOperation(OPERATIONS.createIndex, namespace, encodeDocument(index));
    for (const bytes of documents) yield encodeOperation(OPERATIONS.put, namespace, bytes);
  }
}

function* inPayloads(operations: Iterable<Uint8Array>): Generator<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const operation of operations) {
    parts.push(operation);
    size += operation.length;
    if (size < RECORD_SIZE) continue;
    yield Buffer.concat(parts.splice(0));
    size = 0;
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}
