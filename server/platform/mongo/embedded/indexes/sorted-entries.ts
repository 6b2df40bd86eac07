/** One stored document. The object stays the same while its document changes, so indexes can point to it. */
export interface StoredRecord {
  /** Order of insertion within the collection. */
  readonly sequence: number;
  /** `orderKey` of its `_id`. */
  readonly idKey: string;
  /** BSON; never changed in place, so a reader may keep it. */
  bytes: Uint8Array;
}

/** What an index holds: a key and whose it is; `sequence` settles the order of equal keys. */
export interface Entry {
  readonly key: string;
  readonly record: StoredRecord;
}

const LARGEST_BLOCK = 512;

/**
 * Entries in order, in blocks of at most 512: finding takes a binary search over blocks and one inside,
 * adding moves at most one block, whatever the number of entries.
 */
export class SortedEntries {
  readonly #blocks: Entry[][] = [];

  constructor(entries: Entry[] = []) {
    entries.sort(compare);
    for (let at = 0; at < entries.length; at += LARGEST_BLOCK / 2)
      this.#blocks.push(entries.slice(at, at + LARGEST_BLOCK / 2));
  }

  add(entry: Entry): void {
    const at = Math.max(Math.min(this.#blockFor(entry), this.#blocks.length - 1), 0);
    const block = (this.#blocks[at] ??= []);
    block.splice(placeOf(block, entry), 0, entry);
    if (block.length > LARGEST_BLOCK) this.#blocks.splice(at + 1, 0, block.splice(LARGEST_BLOCK / 2));
  }

  delete(entry: Entry): void {
    const at = this.#blockFor(entry);
    const block = this.#blocks[at] ?? [];
    const place = placeOf(block, entry);
    const found = block[place];
    if (found === undefined || compare(found, entry) !== 0) return;
    block.splice(place, 1);
    if (block.length === 0) this.#blocks.splice(at, 1);
  }

  /** Entries with low <= key < high, ascending or descending. */
  *range(low: string, high: string, isReverse = false): Generator<Entry> {
    const first = lowerBound(this.#blocks, (block) => lastKey(block) < low);
    const last = Math.min(
      lowerBound(this.#blocks, (block) => lastKey(block) < high),
      this.#blocks.length - 1,
    );
    for (let i = 0; i <= last - first; i++) {
      const block = this.#blocks[isReverse ? last - i : first + i] ?? [];
      const start = lowerBound(block, ({ key }) => key < low);
      const end = lowerBound(block, ({ key }) => key < high);
      const entries = block.slice(start, end);
      yield* isReverse ? entries.reverse() : entries;
    }
  }

  #blockFor(entry: Entry): number {
    return lowerBound(this.#blocks, (block) => compare(block.at(-1) ?? entry, entry) < 0);
  }
}

function compare(a: Entry, b: Entry): number {
  if (a.key === b.key) return a.record.sequence - b.record.sequence;
  return a.key < b.key ? -1 : 1;
}

function placeOf(block: Entry[], entry: Entry): number {
  return lowerBound(block, (other) => compare(other, entry) < 0);
}

function lastKey(block: Entry[]): string {
  return block.at(-1)?.key ?? '';
}

/** The first place whose item is not before what is looked for. */
function lowerBound<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
