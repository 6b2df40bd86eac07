import { CommandError } from '../errors.ts';
import { AFTER_ALL } from '../values/order-key.ts';
import type { Document, Maybe } from '../values/value.ts';
import type { IndexKey } from './index-keys.ts';
import { indexKeys } from './index-keys.ts';
import type { IndexSpec } from './index-spec.ts';
import { ID_INDEX } from './index-spec.ts';
import type { Entry, StoredRecord } from './sorted-entries.ts';
import { SortedEntries } from './sorted-entries.ts';

/** One index of one collection. */
export class CollectionIndex {
  readonly spec: IndexSpec;
  /** True once a document has had several keys: then bounds cannot be intersected, nor order trusted. */
  isMultikey = false;
  #entries = new SortedEntries();

  constructor(spec: IndexSpec) {
    this.spec = spec;
  }

  /** The keys under which a document stands in this index; none when it is sparse or partial and leaves it out. */
  keysOf(document: Document): IndexKey[] {
    const { partial, sparse, fields } = this.spec;
    if (partial?.(document, {}) === false) return [];
    const keys = indexKeys(document, fields);
    return sparse ? keys.filter(({ values }) => values.some((value) => value !== undefined)) : keys;
  }

  /** Throws CommandError 11000 when another record already has one of the keys. */
  assertUnique(keys: readonly IndexKey[], self: StoredRecord | undefined, namespace: string): void {
    if (!this.spec.unique) return;
    for (const { key, values } of keys) {
      for (const entry of this.range(key, key + AFTER_ALL)) {
        if (entry.record !== self) throw duplicateKey(this.spec, values, namespace);
      }
    }
  }

  /** Takes a record from its old keys to its new ones. */
  move(record: StoredRecord, from: readonly IndexKey[], to: readonly IndexKey[]): void {
    if (from.length === to.length && from.every(({ key }, i) => key === to[i]?.key)) return;
    for (const { key } of from) this.#entries.delete({ key, record });
    for (const { key } of to) this.#entries.add({ key, record });
    if (to.length > 1) this.isMultikey = true;
  }

  range(low: string, high: string, isReverse = false): Iterable<Entry> {
    return this.#entries.range(low, high, isReverse);
  }

  /** Fills an empty index. Throws CommandError 11000 when a unique one would hold a key twice. */
  build(records: Iterable<StoredRecord>, read: (record: StoredRecord) => Document, namespace: string): void {
    const entries: Entry[] = [];
    for (const record of records) {
      // A record knows its key in the index of `_id`, so that its document need not be read.
      const keys = this.spec === ID_INDEX ? [{ key: record.idKey }] : this.keysOf(read(record));
      if (keys.length > 1) this.isMultikey = true;
      for (const { key } of keys) entries.push({ key, record });
    }
    this.#entries = new SortedEntries(entries);
    // The constructor has sorted the entries: equal keys are neighbours.
    const twin = entries.find(({ key }, i) => i > 0 && entries[i - 1]?.key === key);
    if (twin) this.assertUnique(this.keysOf(read(twin.record)), twin.record, namespace);
  }
}

function duplicateKey(spec: IndexSpec, values: readonly Maybe[], namespace: string): CommandError {
  // Values stay out of the text: it may end in a log, and they may be personal.
  const message = `E11000 duplicate key error collection: ${namespace} index: ${spec.name}`;
  const keyValue: Document = new Map(spec.fields.map(({ name }, i) => [name, values[i] ?? null]));
  return new CommandError(11000, message, { keyPattern: spec.definition.get('key'), keyValue });
}
