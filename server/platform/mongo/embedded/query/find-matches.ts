import { CommandError, badValue } from '../errors.ts';
import { indexKeys } from '../indexes/index-keys.ts';
import type { KeyField } from '../indexes/index-spec.ts';
import { planQuery } from '../indexes/plan-query.ts';
import type { StoredRecord } from '../indexes/sorted-entries.ts';
import type { Collection } from '../storage/collection.ts';
import { sortByKey } from '../values/order-key.ts';
import type { Document } from '../values/value.ts';
import type { Filter, MatchDetails } from './compile-filter.ts';
import { compileFilter } from './compile-filter.ts';

/** A document that matches, and what its match left behind. */
export interface Match {
  record: StoredRecord;
  document: Document;
  details: MatchDetails;
}

export interface Matches {
  found: Iterable<Match>;
  /** True when all matches had to be sorted first, so that their end is known. */
  isComplete: boolean;
}

/**
 * The documents of a collection that match, sorted. The filter's mistakes are thrown before anything is read.
 * The collection must not change until all that is wanted has been taken.
 */
export function findMatches(
  collection: Collection | undefined,
  filter: Document,
  sort: readonly KeyField[] = [],
): Matches {
  const matches = compileFilter(filter);
  if (!collection) return { found: [], isComplete: true };
  const plan = planQuery(collection, filter, sort);
  const found = scan(collection, plan.candidates(), matches);
  if (plan.isSorted) return { found, isComplete: false };
  return { found: sortBy([...found], sort, ({ document }) => document), isComplete: true };
}

/** As `findMatches`, for a caller that changes the documents while it goes through them. */
export function* findMatchesToChange(collection: Collection | undefined, filter: Document): Generator<Match> {
  const matches = compileFilter(filter);
  if (!collection) return;
  // All candidates are taken at once: a changed document may come up again further on in the index.
  yield* scan(collection, [...planQuery(collection, filter, []).candidates()], matches);
}

function* scan(
  collection: Collection,
  candidates: Iterable<StoredRecord>,
  matches: Filter,
): Generator<Match> {
  for (const record of candidates) {
    const document = collection.read(record);
    const details: MatchDetails = {};
    if (matches(document, details)) yield { record, document, details };
  }
}

/** Sorts stably, as MongoDB orders values; an array counts as its smallest (descending: largest) element. */
export function sortBy<T>(items: T[], sort: readonly KeyField[], documentOf: (item: T) => Document): T[] {
  return sortByKey(items, (item) => sortKey(documentOf(item), sort));
}

function sortKey(document: Document, sort: readonly KeyField[]): string {
  try {
    return indexKeys(document, sort)[0]?.key ?? '';
  } catch (error) {
    const isParallel = error instanceof CommandError && error.code === 171;
    throw isParallel ? badValue('cannot sort with keys that are parallel arrays') : error;
  }
}
