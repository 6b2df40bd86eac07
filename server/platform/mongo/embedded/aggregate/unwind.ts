import { badValue } from '../errors.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isDocument, isNullish } from '../values/value.ts';

/** `$unwind`: one document per element of an array. */
export function compileUnwind(spec: Value): (documents: Iterable<Document>) => Iterable<Document> {
  const options: Document = isDocument(spec) ? spec : new Map([['path', spec]]);
  const path = options.get('path');
  const keepsEmpty = options.get('preserveNullAndEmptyArrays') ?? false;
  const indexName = options.get('includeArrayIndex');
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw badValue("$unwind needs a path that begins with '$'");
  if (typeof keepsEmpty !== 'boolean') throw badValue('preserveNullAndEmptyArrays must be a boolean');
  if (indexName !== undefined && (typeof indexName !== 'string' || /^(\$|$)/.test(indexName)))
    throw badValue('includeArrayIndex must be a field name');
  return function* (documents) {
    for (const document of documents)
      yield* unwound(document, path.slice(1).split('.'), keepsEmpty, indexName);
  };
}

function* unwound(
  document: Document,
  path: readonly string[],
  keepsEmpty: boolean,
  indexName: string | undefined,
): Generator<Document> {
  const value = path.reduce<Maybe>((at, part) => (isDocument(at) ? at.get(part) : undefined), document);
  const withIndex = (result: Document, index: Value): Document =>
    indexName === undefined ? result : replaced(result, indexName.split('.'), index);
  if (isArray(value) && value.length > 0) {
    for (const [i, element] of value.entries()) yield withIndex(replaced(document, path, element), BigInt(i));
  } else if (!(isArray(value) || isNullish(value)) || keepsEmpty) {
    yield withIndex(isArray(value) ? replaced(document, path, undefined) : document, null);
  }
}

/** A copy with another value at the path; undefined takes the field away. */
function replaced(document: Document, [part = '', ...rest]: readonly string[], value: Maybe): Document {
  const copy = new Map(document);
  const inner = copy.get(part);
  const next =
    rest.length === 0 ? value : replaced(isDocument(inner) ? inner : (new Map() as Document), rest, value);
  if (next === undefined) copy.delete(part);
  else copy.set(part, next);
  return copy;
}
