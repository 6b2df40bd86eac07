import type { Document } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { ChangeSet } from './change-set.ts';
import { OPERATIONS } from './change-set.ts';
import type { StoreCounters } from './collection.ts';
import { Collection } from './collection.ts';

const NOTHING: Document = new Map();

/** All collections, by namespace ("database.collection"). */
export class Catalog {
  readonly counters: StoreCounters = { documentsExamined: 0 };
  readonly #collections = new Map<string, Collection>();

  get(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  /** Every collection, ordered by namespace. */
  all(): Collection[] {
    return [...this.#collections.values()].sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  inDatabase(database: string): Collection[] {
    return this.all().filter(({ namespace }) => namespace.startsWith(`${database}.`));
  }

  /** The collection, created when it does not exist yet. Throws CommandError 73 for a bad name. */
  ensure(namespace: string, changes: ChangeSet): Collection {
    const existing = this.#collections.get(namespace);
    if (existing) return existing;
    if (!/^[^./\\ "$]{1,63}\.[^$.\0][^$\0]*$/.test(namespace)) {
      throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
    }
    const collection = this.load(namespace);
    changes.record(OPERATIONS.createCollection, namespace, NOTHING, () => this.unload(namespace));
    return collection;
  }

  drop(collection: Collection, changes: ChangeSet): void {
    const { namespace } = collection;
    this.unload(namespace);
    changes.record(OPERATIONS.dropCollection, namespace, NOTHING, () => {
      this.#collections.set(namespace, collection);
    });
  }

  /** Recovery's way to a collection: nothing is checked or logged. */
  load(namespace: string): Collection {
    const collection = this.#collections.get(namespace) ?? new Collection(namespace, this.counters);
    this.#collections.set(namespace, collection);
    return collection;
  }

  unload(namespace: string): void {
    this.#collections.delete(namespace);
  }
}
