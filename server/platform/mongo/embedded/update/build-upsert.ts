import { ObjectId } from 'bson';
import type { Document, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import { isOperatorDocument } from '../query/filter.ts';
import type { Update } from './compile-update.ts';
import { assertSameId } from './update-document.ts';
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

/** `_id` first, made up when it is missing. */
export function withIdFirst(document: Document): Document {
  const id = document.get('_id') ?? new ObjectId();
  return new Map<string, Value>([['_id', id], ...document]);
}

/** Equalities of the top level and of `$and`; of `$or` when it leaves no choice. */
function collectEqualities(filter: Document, fixed: Map<string, Value>): void {
  for (const [name, argument] of filter) {
    if (
      (name === '$and' || (name === '$or' && isArray(argument) && argument.length === 1)) &&
      isArray(argument)
    ) {
      argument.filter(isDocument).forEach((clause) => collectEqualities(clause, fixed));
    }
    if (name.startsWith('$')) continue;
    const value = fixedValue(argument);
    if (value === undefined) continue;
    if (fixed.has(name)) throw badValue(`cannot infer query fields to set, path '${name}' is matched twice`);
    fixed.set(name, value);
  }
}

function fixedValue(argument: Value): Value | undefined {
  if (!isOperatorDocument(argument)) return argument;
  const list = argument.get('$in') ?? argument.get('$all');
  return argument.get('$eq') ?? (isArray(list) && list.length === 1 ? list[0] : undefined);
}

function documentOf(fixed: ReadonlyMap<string, Value>): Document {
  const document: Document = new Map();
  for (const [name, value] of fixed) new UpdateTarget(document, name.split('.')).set(value);
  return document;
}
