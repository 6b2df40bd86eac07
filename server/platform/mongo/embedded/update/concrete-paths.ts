import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { badValue, failedToParse } from '../errors.ts';
import type { MatchDetails } from '../query/filter.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { UpdateTarget } from './update-target.ts';

/** The `arrayFilters` of an update, by the identifier they give to `$[identifier]`. */
export class ArrayFilters {
  readonly #tests: ReadonlyMap<string, (element: Value) => boolean>;

  constructor(tests: ReadonlyMap<string, (element: Value) => boolean>) {
    this.#tests = tests;
  }

  testOrThrow(identifier: string): (element: Value) => boolean {
    if (identifier === '') return () => true;
    const test = this.#tests.get(identifier);
    if (!test) throw badValue(`No array filter found for identifier '${identifier}'`);
    return test;
  }

  /** Throws when a path needs a filter that is not there, or a filter has no path. */
  assertUsedBy(paths: readonly (readonly string[])[]): void {
    const used = new Set(paths.flat().map(identifierOf));
    for (const identifier of used) if (identifier !== undefined) this.testOrThrow(identifier);
    for (const identifier of this.#tests.keys()) {
      if (!used.has(identifier))
        throw failedToParse(`The array filter for identifier '${identifier}' was not used`);
    }
  }
}

export function compileArrayFilters(filters: Maybe): ArrayFilters {
  const tests = new Map<string, (element: Value) => boolean>();
  if (filters !== undefined && !isArray(filters)) throw failedToParse('arrayFilters must be an array');
  for (const filter of filters ?? []) {
    if (!isDocument(filter)) throw failedToParse('each array filter must be a document');
    const identifier = identifierOfFilter(filter);
    if (tests.has(identifier))
      throw failedToParse(`Found multiple array filters with the name ${identifier}`);
    const matches = compileFilter(filter);
    // The element stands in a document under its identifier, as the filter names it.
    tests.set(identifier, (element) => matches(new Map([[identifier, element]]), {}));
  }
  return new ArrayFilters(tests);
}

function identifierOfFilter(filter: Document): string {
  const names = new Set([...filter].flatMap(([name, argument]) => identifiersIn(name, argument)));
  const [identifier, other] = names;
  if (identifier === undefined)
    throw failedToParse('Cannot use an expression without a top-level field name');
  if (other !== undefined) throw failedToParse('Expected a single top-level field name in an array filter');
  if (!/^[a-z][a-zA-Z0-9]*$/.test(identifier)) throw badValue(`bad array filter identifier '${identifier}'`);
  return identifier;
}

function identifiersIn(name: string, argument: Value): string[] {
  if (!name.startsWith('$')) return [name.split('.')[0] ?? ''];
  if (!isArray(argument)) return [];
  return argument
    .filter(isDocument)
    .flatMap((clause) => [...clause].flatMap(([n, a]) => identifiersIn(n, a)));
}

/** "" for `$[]`, the name for `$[name]`, undefined for every other part of a path. */
function identifierOf(part: string): string | undefined {
  return /^\$\[(.*)\]$/.exec(part)?.[1];
}

/** The places that `$`, `$[]` and `$[identifier]` stand for in this document. */
export function concretePaths(
  document: Document,
  path: readonly string[],
  filters: ArrayFilters,
  { index }: MatchDetails,
): (readonly string[])[] {
  const at = path.findIndex((part) => part.startsWith('$'));
  const part = path[at];
  if (part === undefined) return [path];
  const before = path.slice(0, at);
  const identifier = identifierOf(part);
  const chosen =
    identifier === undefined
      ? [matchedIndex(index)]
      : elementsAt(document, before, filters.testOrThrow(identifier));
  return chosen.flatMap((i) =>
    concretePaths(document, [...before, String(i), ...path.slice(at + 1)], filters, { index }),
  );
}

function matchedIndex(index: number | undefined): number {
  if (index === undefined) {
    throw badValue('The positional operator did not find the match needed from the query.');
  }
  return index;
}

function elementsAt(
  document: Document,
  path: readonly string[],
  test: (element: Value) => boolean,
): number[] {
  const array = new UpdateTarget(document, path).getOrThrow();
  if (array === undefined) {
    throw badValue(
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  if (!isArray(array)) throw badValue(`Cannot apply array updates to non-array element ${path.join('.')}`);
  return array.flatMap((element, i) => (test(element) ? [i] : []));
}
