import { CommandError } from '../errors.ts';
import { CollectionIndex } from '../indexes/collection-index.ts';
import type { IndexKey } from '../indexes/index-keys.ts';
import type { IndexSpec } from '../indexes/index-spec.ts';
import { ID_INDEX } from '../indexes/index-spec.ts';
import type { StoredRecord } from '../indexes/sorted-entries.ts';
import { decodeDocument, decodeFirstValue, encodeDocument } from '../values/bson.ts';
import { orderKey } from '../values/order-key.ts';
import type { Document, Maybe } from '../values/value.ts';
import type { ChangeSet } from './change-set.ts';

/** MongoDB's limit for one stored document. */
export const LARGEST_DOCUMENT = 16 * 1024 * 1024;

/** Counts work, so that tests can prove that cost does not grow with a collection. */
export interface StoreCounters {
  documentsExamined: number;
}

/** The documents of one collection in order of insertion, and its indexes. */
export class Collection {
  readonly namespace: string;
  indexes: readonly CollectionIndex[] = [new CollectionIndex(ID_INDEX)];
  readonly #counters: StoreCounters;
  readonly #records = new Map<string, StoredRecord>();
  #nextSequence = 0;

  constructor(namespace: string, counters: StoreCounters) {
    this.namespace = namespace;
    this.#counters = counters;
  }

  get size(): number {
    return this.#records.size;
  }

  records(): Iterable<StoredRecord> {
    return this.#records.values();
  }

  /** The document of a record. Counts as one document examined. */
  read(record: StoredRecord): Document {
    this.#counters.documentsExamined += 1;
    return decodeDocument(record.bytes);
  }

  /** Stores a document that has its `_id`. Throws CommandError 11000 for a duplicate key. */
  insert(document: Document, changes: ChangeSet): void {
    const bytes = encodeStored(document);
    const keys = this.#checkedKeys(document, undefined);
    const record = { sequence: this.#nextSequence++, idKey: orderKey(document.get('_id')), bytes };
    this.#records.set(record.idKey, record);
    this.#move(record, [], keys);
    changes.record('put', this.namespace, bytes, () => {
      this.#records.delete(record.idKey);
      this.#move(record, keys, []);
    });
  }

  /** Replaces the document of a record; false when no byte differs. Throws CommandError 11000 for a duplicate key. */
  replace(record: StoredRecord, document: Document, changes: ChangeSet): boolean {
    const { bytes: oldBytes } = record;
    const bytes = encodeStored(document);
    if (Buffer.compare(bytes, oldBytes) === 0) return false;
    const oldKeys = this.#keysOf(decodeDocument(oldBytes));
    const newKeys = this.#checkedKeys(document, record);
    this.#move(record, oldKeys, newKeys);
    record.bytes = bytes;
    changes.record('put', this.namespace, bytes, () => {
      this.#move(record, newKeys, oldKeys);
      record.bytes = oldBytes;
    });
    return true;
  }

  remove(record: StoredRecord, changes: ChangeSet): void {
    const document = decodeDocument(record.bytes);
    const keys = this.#keysOf(document);
    this.#records.delete(record.idKey);
    this.#move(record, keys, []);
    changes.record('remove', this.namespace, new Map([['_id', document.get('_id') ?? null]]), () => {
      this.#records.set(record.idKey, record);
      this.#move(record, [], keys);
    });
  }

  /** Builds and adds an index. Throws CommandError 11000 or 171 when the documents do not allow it. */
  createIndex(spec: IndexSpec, changes: ChangeSet): void {
    const index = new CollectionIndex(spec);
    index.build(this.records(), (record) => this.read(record), this.namespace);
    const before = this.indexes;
    this.indexes = [...before, index];
    changes.record('createIndex', this.namespace, spec.definition, () => (this.indexes = before));
  }

  dropIndex(index: CollectionIndex, changes: ChangeSet): void {
    const before = this.indexes;
    this.indexes = before.filter((other) => other !== index);
    const name: Document = new Map([['name', index.spec.name]]);
    changes.record('dropIndex', this.namespace, name, () => (this.indexes = before));
  }

  #keysOf(document: Document): IndexKey[][] {
    return this.indexes.map((index) => index.keysOf(document));
  }

  #checkedKeys(document: Document, self: StoredRecord | undefined): IndexKey[][] {
    const keys = this.#keysOf(document);
    this.indexes.forEach((index, i) => index.assertUnique(keys[i] ?? [], self, this.namespace));
    return keys;
  }

  /** Takes a record from its old keys to its new ones, in every index in which they differ. */
  #move(record: StoredRecord, from: readonly IndexKey[][], to: readonly IndexKey[][]): void {
    this.indexes.forEach((index, i) => index.move(record, from[i] ?? [], to[i] ?? []));
  }

  // From here on: recovery, which trusts the log and builds every index once at its end.

  /** Puts a document as the log has it, without looking at indexes. */
  load(bytes: Uint8Array): void {
    const idKey = orderKey(decodeFirstValue(bytes));
    const existing = this.#records.get(idKey);
    if (existing) existing.bytes = bytes;
    else this.#records.set(idKey, { sequence: this.#nextSequence++, idKey, bytes });
  }

  unload(id: Maybe): void {
    this.#records.delete(orderKey(id));
  }

  loadIndex(spec: IndexSpec): void {
    this.unloadIndex(spec.name);
    this.indexes = [...this.indexes, new CollectionIndex(spec)];
  }

  unloadIndex(name: Maybe): void {
    this.indexes = this.indexes.filter(({ spec }) => spec.name !== name);
  }

  buildLoadedIndexes(): void {
    for (const index of this.indexes)
      index.build(this.records(), (record) => decodeDocument(record.bytes), this.namespace);
  }
}

/** Throws CommandError 10334 over 16 MiB. */
function encodeStored(document: Document): Uint8Array {
  const bytes = encodeDocument(document);
  if (bytes.length > LARGEST_DOCUMENT)
    throw new CommandError(10334, `a document of ${bytes.length} bytes is too large`);
  return bytes;
}
