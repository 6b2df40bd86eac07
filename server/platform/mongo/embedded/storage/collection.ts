import { decodeDocument, decodeFirstValue } from '../bson/decode-document.ts';
import { encodeStoredDocument } from '../bson/encode-document.ts';
import { orderKey } from '../bson/order-key.ts';
import type { Document, Maybe } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { CollectionIndex } from '../indexes/collection-index.ts';
import type { IndexKey } from '../indexes/index-keys.ts';
import type { IndexSpec } from '../indexes/index-spec.ts';
import { ID_INDEX } from '../indexes/parse-index-spec.ts';
import type { ChangeSet } from './change-set.ts';
import { OPERATIONS } from './change-set.ts';
import type { StoredRecord } from './stored-record.ts';

/** Counts work, so that tests can prove that cost does not grow with a collection. */
export interface StoreCounters {
  documentsExamined: number;
}

/** The documents of one collection in order of insertion, and its indexes. */
export class Collection {
  readonly namespace: string;
  readonly #counters: StoreCounters;
  readonly #records = new Map<string, StoredRecord>();
  #indexes: CollectionIndex[] = [new CollectionIndex(ID_INDEX)];
  #nextSequence = 0;

  constructor(namespace: string, counters: StoreCounters) {
    this.namespace = namespace;
    this.#counters = counters;
  }

  get size(): number {
    return this.#records.size;
  }

  get indexes(): readonly CollectionIndex[] {
    return this.#indexes;
  }

  records(): IterableIterator<StoredRecord> {
    return this.#records.values();
  }

  /** The document of a record. Counts as one document examined. */
  read(record: StoredRecord): Document {
    this.#counters.documentsExamined += 1;
    return decodeDocument(record.bytes);
  }

  /** Stores a document that has its `_id`. Throws CommandError 11000 for a duplicate key. */
  insert(document: Document, changes: ChangeSet): void {
    const bytes = encodeStoredDocument(document);
    const keys = this.#checkedKeys(document, undefined);
    const record = { sequence: this.#nextSequence++, idKey: orderKey(document.get('_id')), bytes };
    this.#records.set(record.idKey, record);
    this.#move(record, [], keys);
    changes.record(OPERATIONS.put, this.namespace, bytes, () => {
      this.#records.delete(record.idKey);
      this.#move(record, keys, []);
    });
  }

  /** Replaces the document of a record; false when no byte differs. Throws CommandError 11000 for a duplicate key. */
  replace(record: StoredRecord, document: Document, changes: ChangeSet): boolean {
    const { bytes: oldBytes } = record;
    const bytes = encodeStoredDocument(document);
    if (Buffer.compare(bytes, oldBytes) === 0) return false;
    const oldKeys = this.#keysOf(decodeDocument(oldBytes));
    const newKeys = this.#checkedKeys(document, record);
    this.#move(record, oldKeys, newKeys);
    record.bytes = bytes;
    changes.record(OPERATIONS.put, this.namespace, bytes, () => {
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
    const id: Document = new Map([['_id', document.get('_id') ?? null]]);
    changes.record(OPERATIONS.remove, this.namespace, id, () => {
      this.#records.set(record.idKey, record);
      this.#move(record, [], keys);
    });
  }

  /** Builds and adds an index. Throws CommandError 11000 or 171 when the documents do not allow it. */
  createIndex(spec: IndexSpec, changes: ChangeSet): void {
    const index = new CollectionIndex(spec);
    index.build(this.records(), (record) => this.read(record), this.namespace);
    const before = this.#indexes;
    this.#indexes = [...before, index];
    changes.record(OPERATIONS.createIndex, this.namespace, spec.definition, () => (this.#indexes = before));
  }

  dropIndex(index: CollectionIndex, changes: ChangeSet): void {
    const before = this.#indexes;
    this.#indexes = before.filter((other) => other !== index);
    const name: Document = new Map([['name', index.spec.name]]);
    changes.record(OPERATIONS.dropIndex, this.namespace, name, () => (this.#indexes = before));
  }

  #keysOf(document: Document): IndexKey[][] {
    return this.#indexes.map((index) => index.keysOf(document));
  }

  #checkedKeys(document: Document, self: StoredRecord | undefined): IndexKey[][] {
    const keys = this.#keysOf(document);
    this.#indexes.forEach((index, i) => index.assertUnique(keys[i] ?? [], self, this.namespace));
    return keys;
  }

  /** Takes a record from its old keys to its new ones, in every index in which they differ. */
  #move(record: StoredRecord, from: readonly IndexKey[][], to: readonly IndexKey[][]): void {
    this.#indexes.forEach((index, i) => index.move(record, from[i] ?? [], to[i] ?? []));
  }

  // From here on: recovery, which trusts the log and builds every index once at its end.

  /** Puts a document as the log has it, without looking at indexes. */
  load(bytes: Uint8Array): void {
    const idKey = orderKey(decodeFirstValue(bytes));
    const existing = this.#records.get(idKey);
    if (existing) existing.bytes = bytes;
    else this.#records.set(idKey, { sequence: this.#nextSequence++, idKey, bytes });
  }

  unload(id: Document): void {
    this.#records.delete(orderKey(id.get('_id')));
  }

  loadIndex(spec: IndexSpec): void {
    this.#indexes.push(new CollectionIndex(spec));
  }

  unloadIndex(name: Maybe): void {
    this.#indexes = this.#indexes.filter(({ spec }) => spec.name !== name);
  }

  buildLoadedIndexes(): void {
    for (const index of this.#indexes) {
      index.build(this.records(), (record) => decodeDocument(record.bytes), this.namespace);
    }
  }

  /** The index with this name. Throws CommandError 27 when there is none. */
  indexNamedOrThrow(name: string): CollectionIndex {
    const found = this.#indexes.find(({ spec }) => spec.name === name);
    if (!found) throw new CommandError(27, `index not found with name [${name}]`);
    return found;
  }
}
