import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, isNullish } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Stage } from './stage.ts';

/** `$unwind`: one document per element of an array. */
export function compileUnwind(spec: Value): Stage {
  const options: Document = isDocument(spec) ? spec : new Map([['path', spec]]);
  const path = options.get('path');
  if (typeof path !== 'string') throw new CommandError(28812, 'no path specified to $unwind stage');
  if (!path.startsWith('$'))
    throw new CommandError(28818, "path option to $unwind stage should be prefixed with a '$'");
  const keepsEmpty = options.get('preserveNullAndEmptyArrays') ?? false;
  const indexName = options.get('includeArrayIndex');
  if (typeof keepsEmpty !== 'boolean')
    throw new CommandError(28809, 'preserveNullAndEmptyArrays must be a boolean');
  if (
    indexName !== undefined &&
    (typeof indexName !== 'string' || indexName === '' || indexName.startsWith('$'))
  ) {
    throw new CommandError(28810, 'includeArrayIndex must be a field name');
  }
  const parts = path.slice(1).split('.');
  return function* (documents) {
    for (const document of documents) yield* unwound(document, parts, keepsEmpty, indexName);
  };
}

function* unwound(
  document: Document,
  path: readonly string[],
  keepsEmpty: boolean,
  indexName?: string,
): Generator<Document> {
  const value = valueAt(document, path);
  const withIndex = (result: Document, index: Value): Document =>
    indexName === undefined ? result : replaced(result, indexName.split('.'), index);
  if (isArray(value) && value.length > 0) {
    for (const [i, element] of value.entries()) yield withIndex(replaced(document, path, element), BigInt(i));
  } else if (isArray(value) || isNullish(value)) {
    if (keepsEmpty) yield withIndex(isArray(value) ? replaced(document, path, undefined) : document, null);
  } else {
    yield withIndex(document, null);
  }
}

function valueAt(document: Document, path: readonly string[]): Maybe {
  return path.reduce<Maybe>((value, part) => (isDocument(value) ? value.get(part) : undefined), document);
}

/** A copy with another value at the path; undefined takes the field away. */
function replaced(document: Document, [part = '', ...rest]: readonly string[], value: Maybe): Document {
  const copy = new Map(document);
  const inner = copy.get(part);
  const next =
    rest.length === 0 ? value : replaced(isDocument(inner) ? inner : new Map<string, Value>(), rest, value);
  if (next === undefined) copy.delete(part);
  else copy.set(part, next);
  return copy;
}
