/** What an index holds: a key and whose it is; `sequence` settles the order of equal keys. */
export interface Entry<R extends { readonly sequence: number }> {
  readonly key: string;
  readonly record: R;
}

const LARGEST_BLOCK = 512;

/**
 * Entries in order, in blocks of at most 512: finding takes a binary search over blocks and one inside,
 * adding moves at most one block, whatever the number of entries.
 */
export class SortedEntries<R extends { readonly sequence: number }> {
  readonly #blocks: Entry<R>[][] = [];

  constructor(entries: Entry<R>[] = []) {
    entries.sort(compare);
    for (let at = 0; at < entries.length; at += LARGEST_BLOCK / 2) {
      this.#blocks.push(entries.slice(at, at + LARGEST_BLOCK / 2));
    }
  }

  add(entry: Entry<R>): void {
    const at = Math.min(this.#blockFor(entry), Math.max(this.#blocks.length - 1, 0));
    const block = (this.#blocks[at] ??= []);
    block.splice(
      lowerBound(block, (other) => compare(other, entry) < 0),
      0,
      entry,
    );
    if (block.length > LARGEST_BLOCK) this.#blocks.splice(at + 1, 0, block.splice(LARGEST_BLOCK / 2));
  }

  delete(entry: Entry<R>): void {
    const at = this.#blockFor(entry);
    const block = this.#blocks[at];
    if (block === undefined) return;
    const place = lowerBound(block, (other) => compare(other, entry) < 0);
    const found = block[place];
    if (found === undefined || compare(found, entry) !== 0) return;
    block.splice(place, 1);
    if (block.length === 0) this.#blocks.splice(at, 1);
  }

  /** Entries with low <= key < high, ascending or descending. */
  *range(low: string, high: string, isReverse = false): Generator<Entry<R>> {
    if (isReverse) yield* this.#descending(low, high);
    else yield* this.#ascending(low, high);
  }

  *#ascending(low: string, high: string): Generator<Entry<R>> {
    let at = lowerBound(this.#blocks, (block) => lastKey(block) < low);
    let place = lowerBound(this.#blocks[at] ?? [], (entry) => entry.key < low);
    for (let block = this.#blocks[at]; block !== undefined; block = this.#blocks[++at], place = 0) {
      for (; place < block.length; place++) {
        const entry = block[place];
        if (entry === undefined || entry.key >= high) return;
        yield entry;
      }
    }
  }

  *#descending(low: string, high: string): Generator<Entry<R>> {
    let at = Math.min(
      lowerBound(this.#blocks, (block) => lastKey(block) < high),
      this.#blocks.length - 1,
    );
    let place = lowerBound(this.#blocks[at] ?? [], (entry) => entry.key < high) - 1;
    for (
      let block = this.#blocks[at];
      block !== undefined;
      place = (block = this.#blocks[--at] ?? []).length - 1
    ) {
      for (; place >= 0; place--) {
        const entry = block[place];
        if (entry === undefined || entry.key < low) return;
        yield entry;
      }
      if (at <= 0) return;
    }
  }

  #blockFor(entry: Entry<R>): number {
    return lowerBound(this.#blocks, (block) => compare(block[block.length - 1] ?? entry, entry) < 0);
  }
}

function compare<R extends { readonly sequence: number }>(a: Entry<R>, b: Entry<R>): number {
  if (a.key === b.key) return a.record.sequence - b.record.sequence;
  return a.key < b.key ? -1 : 1;
}

function lastKey<R extends { readonly sequence: number }>(block: Entry<R>[]): string {
  return block[block.length - 1]?.key ?? '';
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
