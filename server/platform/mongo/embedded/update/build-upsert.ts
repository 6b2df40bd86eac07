import { BSONRegExp } from 'bson';
import { orderKey } from '../bson/order-key.ts';
import type { Document, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import { isOperatorDocument } from '../query/filter.ts';
import type { Update } from './compile-update.ts';
import { assertSameId, withIdFirst } from './update-document.ts';
import { UpdateTarget } from './update-target.ts';

/** The document that an upsert inserts when nothing matched: what the filter fixes, then the update. */
export function buildUpsert(filter: Document, update: Update, now: Date): Document {
  const fixed = new Map<string, Value>();
  collectEqualities(filter, fixed);
  const id = fixed.get('_id');
  const base = update.isReplacement
    ? id === undefined
      ? new Map<string, Value>()
      : new Map([['_id', id]])
    : documentOf(fixed);
  const document = update.apply(base, {}, { isInsert: true, now });
  if (id !== undefined) assertSameId(id, document);
  return withIdFirst(document);
}

/** Equalities of the top level and of `$and`; of `$or` when it leaves no choice. */
function collectEqualities(filter: Document, fixed: Map<string, Value>): void {
  for (const [name, argument] of filter) {
    const clauses =
      (name === '$and' || name === '$or') && isArray(argument) ? argument.filter(isDocument) : [];
    if (name === '$and' || clauses.length === 1)
      clauses.forEach((clause) => collectEqualities(clause, fixed));
    if (name.startsWith('$')) continue;
    for (const value of fixedValues(argument)) fix(fixed, name, value);
  }
}

function fix(fixed: Map<string, Value>, name: string, value: Value): void {
  const clash = [...fixed.keys()].find(
    (other) => `${other}.`.startsWith(`${name}.`) || `${name}.`.startsWith(`${other}.`),
  );
  if (clash !== undefined)
    throw badValue(`cannot infer query fields to set, path '${clash}' is matched twice`);
  fixed.set(name, value);
}

function fixedValues(argument: Value): Value[] {
  if (argument instanceof BSONRegExp) return [];
  if (!isOperatorDocument(argument)) return [argument];
  const isOne = argument.get('$eq');
  const all = argument.get('$all');
  const among = argument.get('$in');
  return [
    ...(isOne === undefined ? [] : [isOne]),
    ...(isArray(all) ? all.filter((value) => !isSearch(value)) : []),
    ...(isArray(among) && among.length === 1 ? among.filter((value) => !isSearch(value)) : []),
  ];
}

function isSearch(value: Value): boolean {
  return value instanceof BSONRegExp || isOperatorDocument(value);
}

/** MongoDB writes these fields in the order of their names. */
function documentOf(fixed: ReadonlyMap<string, Value>): Document {
  const document: Document = new Map();
  const sorted = [...fixed].sort(([a], [b]) => (orderKey(a) < orderKey(b) ? -1 : 1));
  for (const [name, value] of sorted) new UpdateTarget(document, name.split('.')).set(value);
  return document;
}
