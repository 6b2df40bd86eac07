import { badValue } from '../errors.ts';
import { orderKey, sortByKey } from '../values/order-key.ts';
import type { Document, Value } from '../values/value.ts';
import { isArray, isDocument, isOperatorDocument } from '../values/value.ts';
import type { Update } from './compile-update.ts';
import { withIdFirst } from './compile-update.ts';
import { UpdateTarget } from './update-target.ts';

/** The document that an upsert inserts when nothing matched: what the filter fixes, then the update. */
export function buildUpsert(filter: Document, update: Update): Document {
  const fixed: Document = new Map();
  collectEqualities(filter, fixed);
  const document: Document = new Map();
  // MongoDB writes these fields in the order of their names; of a replacement only the `_id` is fixed.
  for (const [name, value] of sortByKey([...fixed], ([name]) => orderKey(name))) {
    if (!update.isReplacement || name === '_id') new UpdateTarget(document, name.split('.')).set(value);
  }
  return withIdFirst(update.apply(document, {}, true));
}

/** Equalities of the top level and of `$and`; of `$or` when it leaves no choice. */
function collectEqualities(filter: Document, fixed: Document): void {
  for (const [name, argument] of filter) {
    const clauses = isArray(argument) ? argument.filter(isDocument) : [];
    if (name === '$and' || (name === '$or' && clauses.length === 1))
      clauses.forEach((clause) => collectEqualities(clause, fixed));
    if (name.startsWith('$')) continue;
    for (const value of fixedValues(argument)) fix(fixed, name, value);
  }
}

function fix(fixed: Document, name: string, value: Value): void {
  const clash = [...fixed.keys()].find(
    (other) => `${other}.`.startsWith(`${name}.`) || `${name}.`.startsWith(`${other}.`),
  );
  if (clash !== undefined)
    throw badValue(`cannot infer query fields to set, path '${clash}' is matched twice`);
  fixed.set(name, value);
}

/** What `{ field: argument }` leaves no choice about: `$eq`, each of `$all`, and `$in` of one. */
function fixedValues(argument: Value): Value[] {
  if (!isOperatorDocument(argument)) return [argument];
  const [equal, all, among] = ['$eq', '$all', '$in'].map((operator) => argument.get(operator));
  const listed = [...(isArray(all) ? all : []), ...(isArray(among) && among.length === 1 ? among : [])];
  const values = listed.filter((value) => !isOperatorDocument(value));
  return equal === undefined ? values : [equal, ...values];
}
