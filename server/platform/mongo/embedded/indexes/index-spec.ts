import { Int32 } from 'bson';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import type { Filter } from '../query/compile-filter.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { orderKey } from '../values/order-key.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isDocument, isNumeric, isOperatorDocument, isTruthy, toNumber } from '../values/value.ts';

/** One field of an index or of a sort. */
export interface KeyField {
  name: string;
  path: readonly string[];
  descending: boolean;
}

/** An index as the store keeps it. */
export interface IndexSpec {
  name: string;
  fields: readonly KeyField[];
  unique: boolean;
  sparse: boolean;
  /** Seconds after the date in the first field at which a document is removed. */
  expireAfterSeconds: number | undefined;
  /** Only documents that match this are in the index. */
  partial: Filter | undefined;
  /** What listIndexes answers. */
  definition: Document;
}

/** The options of an index that are understood; `background`, `v` and `ns` change nothing here. */
export const INDEX_OPTIONS: readonly string[] = [
  'key', 'name', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'background', 'v', 'ns',
]; // prettier-ignore

/** Reads one entry of `createIndexes.indexes`. Throws CommandError for mistakes, 238 for other kinds of index. */
export function parseIndexSpec(entry: Maybe): IndexSpec {
  if (!isDocument(entry)) throw badValue('each index must be a document');
  const unknown = [...entry.keys()].find((option) => !INDEX_OPTIONS.includes(option));
  if (unknown !== undefined) throw notImplemented(`index option "${unknown}"`);
  const key = entry.get('key');
  const name = entry.get('name');
  if (!isDocument(key) || typeof name !== 'string' || name === '')
    throw badValue("an index needs a 'key' and a 'name' that is not empty");
  assertIdIndex(key, name, entry);
  return specOf(entry, key, name);
}

function specOf(entry: Document, key: Document, name: string): IndexSpec {
  return {
    name,
    fields: parseKeyFields(key),
    unique: isTruthy(entry.get('unique')),
    sparse: isTruthy(entry.get('sparse')),
    expireAfterSeconds: parseExpiry(entry.get('expireAfterSeconds'), key),
    partial: parsePartial(entry.get('partialFilterExpression')),
    definition: definitionOf(entry),
  };
}

/** Every collection has it. */
export const ID_INDEX = {
  ...specOf(new Map(), new Map([['_id', new Int32(1)]]), '_id_'),
  unique: true,
  definition: definitionOf(new Map<string, Value>([['key', new Map([['_id', new Int32(1)]])], ['name', '_id_']])), // prettier-ignore
};

/** The fields of an index key or of a sort, with 1 or -1 each. */
export function parseKeyFields(key: Document): KeyField[] {
  if (key.size === 0) throw new CommandError(67, 'Index keys cannot be an empty object');
  return [...key].map(([name, direction]) => {
    if (typeof direction === 'string') throw notImplemented(`index type "${direction}"`);
    const path = name.split('.');
    if (path.at(-1) === '$**') throw notImplemented('a wildcard index');
    const isBadPart = (part: string): boolean => part === '' || /^\$(?!(id|ref|db)$)/.test(part);
    const sign = isNumeric(direction) ? toNumber(direction) : 0;
    if (path.some(isBadPart) || !sign)
      throw new CommandError(67, `bad field or direction in an index key: "${name}"`);
    return { name, path, descending: sign < 0 };
  });
}

/** The fields of a sort, as those of an index key, but with 1 and -1 only. */
export function parseSort(sort: Document): KeyField[] {
  const special = [...sort].find(([name, direction]) => name.startsWith('$') || isDocument(direction));
  if (special) throw notImplemented(`a sort by ${special[0]}`);
  const isWrong = [...sort.values()].some((direction) => Math.abs(toNumber(direction) ?? 0) !== 1);
  if (isWrong) throw badValue('a sort needs 1 (ascending) or -1 (descending) for each field');
  return parseKeyFields(sort);
}

/** `{ _id: 1 }` is there already, under its own name; other indexes of `_id` alone do not exist. */
function assertIdIndex(key: Document, name: string, entry: Document): void {
  const isOfId = key.size === 1 && key.has('_id');
  if (name === '_id_' && !isOfId) throw badValue("The index name '_id_' is reserved for the _id index");
  const isPlain = [...entry.keys()].every((option) => ['key', 'name', 'v', 'ns'].includes(option));
  if (isOfId && (!isPlain || toNumber(key.get('_id')) !== 1))
    throw notImplemented('an index of _id with options');
}

const LONGEST_EXPIRY = 2 ** 31 - 1;

function parseExpiry(seconds: Maybe, key: Document): number | undefined {
  if (seconds === undefined) return undefined;
  const number = toNumber(seconds);
  if (number === undefined || number < 0 || number > LONGEST_EXPIRY || key.size > 1)
    throw new CommandError(67, 'expireAfterSeconds must be a number of seconds, for a single field');
  return number;
}

function parsePartial(expression: Maybe): Filter | undefined {
  if (expression === undefined) return undefined;
  if (!isDocument(expression)) throw badValue('partialFilterExpression must be a document');
  if (![...expression].every(isPartialEntry)) throw notImplemented('this partialFilterExpression');
  return compileFilter(expression);
}

const PARTIAL_OPERATORS = ['$eq', '$exists', '$gt', '$gte', '$lt', '$lte'];

/** Of what MongoDB 4.4 takes, all but `$and` and `$type`. */
function isPartialEntry([name, argument]: [string, Value]): boolean {
  const isServed = ([operator, operand]: [string, Value]): boolean =>
    PARTIAL_OPERATORS.includes(operator) && (operator !== '$exists' || isTruthy(operand));
  return !name.startsWith('$') && (!isOperatorDocument(argument) || [...argument].every(isServed));
}

/** In the order in which MongoDB lists the parts of an index. */
function definitionOf(entry: Document): Document {
  const definition: Document = new Map([['v', new Int32(2)]]);
  if (isTruthy(entry.get('unique'))) definition.set('unique', true);
  for (const option of ['key', 'name']) definition.set(option, entry.get(option) ?? null);
  for (const [option, value] of entry) {
    if (!['v', 'unique', 'ns', 'key', 'name'].includes(option)) definition.set(option, value);
  }
  return definition;
}

/** Whether two indexes have the same fields. */
export function hasSameKey(a: Document, b: Document): boolean {
  return orderKey(a.get('key')) === orderKey(b.get('key'));
}

/** Whether two definitions ask for the same index under the same name. */
export function isSameDefinition(a: Document, b: Document): boolean {
  return sortedParts(a) === sortedParts(b);
}

function sortedParts(definition: Document): string {
  const counts = ([name, value]: [string, Value]): boolean =>
    name !== 'background' && (name !== 'sparse' || isTruthy(value));
  return [...definition]
    .filter(counts)
    .map(([name, value]) => name + orderKey(value))
    .sort()
    .join('');
}
