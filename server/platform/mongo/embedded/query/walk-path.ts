import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isDocument } from '../values/value.ts';

/** Looks at one value that a path leads to; `index` is the place in the outermost array on the way. */
export type Visit = (value: Maybe, index: number | undefined) => boolean;

/** Whether an array at the end of the path stands for its elements too, or for itself alone. */
export type ArrayAtEnd = 'elements' | 'whole';

/**
 * Whether any value at a dotted path passes, as MongoDB's filters walk it: arrays on the way stand for
 * their documents and, where the next part is a number, for that element. A missing field is visited as
 * undefined, except below array elements that are no documents.
 */
export function someAtPath(
  document: Document,
  path: readonly string[],
  end: ArrayAtEnd,
  visit: Visit,
  at = 0,
  index?: number,
): boolean {
  const value = document.get(path[at] ?? '');
  if (at < path.length - 1) {
    if (isDocument(value)) return someAtPath(value, path, end, visit, at + 1, index);
    if (isArray(value)) return someInArray(value, path, end, visit, at + 1, index);
    return visit(undefined, index);
  }
  if (end === 'elements' && isArray(value) && value.some((element, i) => visit(element, index ?? i)))
    return true;
  return visit(value, index);
}

function someInArray(
  array: Value[],
  path: readonly string[],
  end: ArrayAtEnd,
  visit: Visit,
  at: number,
  outer: number | undefined,
): boolean {
  return array.some((element, i) => {
    const index = outer ?? i;
    if (isDocument(element) && someAtPath(element, path, end, visit, at, index)) return true;
    if (path[at] !== String(i)) return false;
    if (at === path.length - 1) return visit(element, index);
    if (isDocument(element)) return someAtPath(element, path, end, visit, at + 1, index);
    return isArray(element) && someInArray(element, path, end, visit, at + 1, index);
  });
}
