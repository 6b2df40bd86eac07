import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';

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
  arrayAtEnd: ArrayAtEnd,
  visit: Visit,
): boolean {
  return walkField(document, path, 0, arrayAtEnd, visit, undefined);
}

function walkField(
  document: Document,
  path: readonly string[],
  at: number,
  arrayAtEnd: ArrayAtEnd,
  visit: Visit,
  index: number | undefined,
): boolean {
  const value = document.get(path[at] ?? '');
  if (at === path.length - 1) return visitEnd(value, arrayAtEnd, visit, index);
  if (isDocument(value)) return walkField(value, path, at + 1, arrayAtEnd, visit, index);
  if (isArray(value)) return walkArray(value, path, at + 1, arrayAtEnd, visit, index);
  return visit(undefined, index);
}

function walkArray(
  array: Value[],
  path: readonly string[],
  at: number,
  arrayAtEnd: ArrayAtEnd,
  visit: Visit,
  outer: number | undefined,
): boolean {
  return array.some((element, i) => {
    const index = outer ?? i;
    if (isDocument(element) && walkField(element, path, at, arrayAtEnd, visit, index)) return true;
    if (path[at] !== String(i)) return false;
    if (at === path.length - 1) return visit(element, index);
    if (isDocument(element)) return walkField(element, path, at + 1, arrayAtEnd, visit, index);
    return isArray(element) && walkArray(element, path, at + 1, arrayAtEnd, visit, index);
  });
}

function visitEnd(value: Maybe, arrayAtEnd: ArrayAtEnd, visit: Visit, outer: number | undefined): boolean {
  if (arrayAtEnd === 'elements' && isArray(value)) {
    if (value.some((element, i) => visit(element, outer ?? i))) return true;
  }
  return visit(value, outer);
}
