import { CommandError } from '../errors.ts';
import { parseIndexSpec } from '../indexes/index-spec.ts';
import { decodeDocument } from '../values/bson.ts';
import type { Document } from '../values/value.ts';
import type { ChangeSet } from './change-set.ts';
import { OPERATIONS, encodeOperation } from './change-set.ts';
import type { StoreCounters } from './collection.ts';
import { Collection } from './collection.ts';

const NOTHING: Document = new Map();
const PAYLOAD_SIZE = 1024 * 1024;

/** All collections, by namespace ("database.collection"). */
export class Catalog {
  readonly counters: StoreCounters = { documentsExamined: 0 };
  readonly #collections = new Map<string, Collection>();

  get(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  /** Every collection, of all databases or of one, ordered by namespace. */
  all(database?: string): Collection[] {
    const prefix = database === undefined ? '' : `${database}.`;
    return [...this.#collections.values()]
      .filter(({ namespace }) => namespace.startsWith(prefix))
      .sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  /** The collection, created when it does not exist yet. Throws CommandError 73 for a bad name. */
  ensure(namespace: string, changes: ChangeSet): Collection {
    const existing = this.#collections.get(namespace);
    if (existing) return existing;
    if (!/^[^./\\ "$]{1,63}\.[^$.\0][^$\0]*$/.test(namespace))
      throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
    changes.record('createCollection', namespace, NOTHING, () => this.#collections.delete(namespace));
    return this.#load(namespace);
  }

  drop(collection: Collection, changes: ChangeSet): void {
    const { namespace } = collection;
    this.#collections.delete(namespace);
    changes.record('dropCollection', namespace, NOTHING, () => this.#collections.set(namespace, collection));
  }

  #load(namespace: string): Collection {
    const collection = this.#collections.get(namespace) ?? new Collection(namespace, this.counters);
    this.#collections.set(namespace, collection);
    return collection;
  }

  /** Repeats logged operations. Repeating an operation twice in a row changes nothing more. */
  replay(payload: Buffer): void {
    for (let at = 0; at < payload.length;) {
      const bodyAt = at + 3 + payload.readUInt16LE(at + 1);
      const end = bodyAt + payload.readInt32LE(bodyAt);
      // A copy of its own: a view would keep the whole log file in memory.
      const body = Buffer.from(payload.subarray(bodyAt, end));
      this.#replayOne(payload.readUInt8(at), payload.toString('utf8', at + 3, bodyAt), body);
      at = end;
    }
  }

  #replayOne(operation: number, namespace: string, body: Buffer): void {
    if (operation === OPERATIONS.dropCollection) {
      this.#collections.delete(namespace);
      return;
    }
    const collection = this.#load(namespace);
    if (operation === OPERATIONS.put) collection.load(body);
    else if (operation === OPERATIONS.remove) collection.unload(decodeDocument(body).get('_id'));
    else if (operation === OPERATIONS.createIndex) collection.loadIndex(parseIndexSpec(decodeDocument(body)));
    else if (operation === OPERATIONS.dropIndex) collection.unloadIndex(decodeDocument(body).get('name'));
    else if (operation !== OPERATIONS.createCollection) throw new Error(`unknown operation ${operation}`);
  }

  /**
   * All data as the operations that would create it, in payloads of about a megabyte. The references are
   * taken at once; the documents' bytes never change in place, so encoding may go on while others write.
   */
  snapshot(): Iterable<Buffer> {
    const collections = this.all().map((collection) => ({
      namespace: collection.namespace,
      indexes: collection.indexes.slice(1).map(({ spec }) => spec.definition),
      documents: Array.from(collection.records(), ({ bytes }) => bytes),
    }));
    return inPayloads(collections);
  }
}

interface CollectionSnapshot {
  namespace: string;
  indexes: Document[];
  documents: Uint8Array[];
}

function* inPayloads(collections: CollectionSnapshot[]): Generator<Buffer> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for (const operation of operationsOf(collections)) {
    parts.push(operation);
    size += operation.length;
    if (size < PAYLOAD_SIZE) continue;
    yield Buffer.concat(parts);
    [parts, size] = [[], 0];
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}

function* operationsOf(collections: CollectionSnapshot[]): Generator<Uint8Array> {
  for (const { namespace, indexes, documents } of collections) {
    yield encodeOperation('createCollection', namespace, NOTHING);
    for (const index of indexes) yield encodeOperation('createIndex', namespace, index);
    for (const bytes of documents) yield encodeOperation('put', namespace, bytes);
  }
}
