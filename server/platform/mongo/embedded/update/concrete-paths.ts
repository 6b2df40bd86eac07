import type { Document } from '../bson/value.ts';
import { isArray } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import type { MatchDetails } from '../query/filter.ts';
import { UpdateTarget } from './update-target.ts';

/** The places that `$` and `$[]` stand for in this document. */
export function concretePaths(
  document: Document,
  path: readonly string[],
  details: MatchDetails,
): (readonly string[])[] {
  const at = path.findIndex((part) => part.startsWith('$'));
  const part = path[at];
  if (part === undefined) return [path];
  const before = path.slice(0, at);
  const chosen = part === '$' ? [matchedIndex(details.index)] : allPlaces(document, before);
  return chosen.flatMap((i) =>
    concretePaths(document, [...before, String(i), ...path.slice(at + 1)], details),
  );
}

function matchedIndex(index: number | undefined): number {
  if (index === undefined) {
    throw badValue('The positional operator did not find the match needed from the query.');
  }
  return index;
}

function allPlaces(document: Document, path: readonly string[]): number[] {
  const array = new UpdateTarget(document, path).getOrThrow();
  if (array === undefined) {
    throw badValue(
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  if (!isArray(array)) throw badValue(`Cannot apply array updates to non-array element ${path.join('.')}`);
  return [...array.keys()];
}
