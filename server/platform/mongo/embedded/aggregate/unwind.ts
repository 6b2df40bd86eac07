import { badValue, notImplemented } from '../errors.ts';
import type { Document, Value } from '../values/value.ts';
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
  if (`${path}${indexName}`.includes('.')) throw notImplemented('$unwind with a dotted path');
  return function* (documents) {
    for (const document of documents) yield* unwound(document, path.slice(1), keepsEmpty, indexName);
  };
}

function* unwound(
  document: Document,
  name: string,
  keepsEmpty: boolean,
  indexName: string | undefined,
): Generator<Document> {
  const value = document.get(name);
  const copy = (fields: [string, Value][], index: Value): Document =>
    new Map([...document, ...fields, ...(indexName === undefined ? [] : [[indexName, index] as const])]);
  if (isArray(value) && value.length > 0) {
    for (const [i, element] of value.entries()) yield copy([[name, element]], BigInt(i));
  } else if (!(isArray(value) || isNullish(value)) || keepsEmpty) {
    const kept = copy([], null);
    // An empty array goes away, unless its place was taken.
    if (isArray(value) && name !== indexName) kept.delete(name);
    yield kept;
  }
}
