import { Int32 } from 'bson';
import { orderKey } from '../bson/order-key.ts';
import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, isNumeric, isTruthy, toNumber } from '../bson/value.ts';
import { CommandError, badValue, failedToParse, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { isOperatorDocument } from '../query/filter.ts';
import type { IndexSpec, KeyField } from './index-spec.ts';

/** Every collection has it. */
export const ID_INDEX: IndexSpec = {
  name: '_id_',
  fields: [{ name: '_id', path: ['_id'], descending: false }],
  unique: true,
  sparse: false,
  expireAfterSeconds: undefined,
  partial: undefined,
  definition: new Map<string, Value>([
    ['v', new Int32(2)],
    ['key', new Map([['_id', new Int32(1)]])],
    ['name', '_id_'],
  ]),
};

/** The options of an index that are understood; `background` and `v` change nothing here. */
export const INDEX_OPTIONS = ['key', 'name', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'background', 'v', 'ns'] as const; // prettier-ignore

/** Reads one entry of `createIndexes.indexes`. Throws CommandError for mistakes, 238 for other kinds of index. */
export function parseIndexSpec(entry: Maybe): IndexSpec {
  if (!isDocument(entry)) throw failedToParse('each index must be a document');
  const unknown = [...entry.keys()].find((option) => !(INDEX_OPTIONS as readonly string[]).includes(option));
  if (unknown !== undefined) throw notImplemented(`index option "${unknown}"`);
  const key = entry.get('key');
  const name = entry.get('name');
  if (!isDocument(key))
    throw failedToParse("The 'key' field is a required property of an index specification");
  if (typeof name !== 'string' || name === '')
    throw failedToParse("The 'name' field must be a non-empty string");
  assertIdIndex(key, name, entry);
  const expression = entry.get('partialFilterExpression');
  return {
    name,
    fields: parseKeyFields(key),
    unique: isTruthy(entry.get('unique')),
    sparse: isTruthy(entry.get('sparse')),
    expireAfterSeconds: parseExpiry(entry.get('expireAfterSeconds'), key),
    partial: expression === undefined ? undefined : parsePartial(expression),
    definition: definitionOf(entry),
  };
}

/** The fields of an index key or of a sort, with 1 or -1 each. */
export function parseKeyFields(key: Document): KeyField[] {
  if (key.size === 0) throw new CommandError(67, 'Index keys cannot be an empty object');
  return [...key].map(([name, direction]) => {
    if (typeof direction === 'string') throw notImplemented(`index type "${direction}"`);
    const path = name.split('.');
    if (path.at(-1) === '$**') throw notImplemented('a wildcard index');
    if (path.some((part) => part === '' || (part.startsWith('$') && !['$id', '$ref', '$db'].includes(part))))
      throw new CommandError(67, `bad index field "${name}"`);
    const sign = isNumeric(direction) ? toNumber(direction) : 0;
    if (!sign)
      throw new CommandError(67, `Values in the index key pattern must be 1 or -1, not for "${name}"`);
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
  if (!isOfId) return;
  const isPlain = [...entry.keys()].every((option) => ['key', 'name', 'v', 'ns'].includes(option));
  if (!isPlain || toNumber(key.get('_id')) !== 1) throw notImplemented('an index of _id with options');
}

const LONGEST_EXPIRY = 2 ** 31 - 1;

function parseExpiry(seconds: Maybe, key: Document): number | undefined {
  if (seconds === undefined) return undefined;
  const number = toNumber(seconds);
  if (number === undefined || number < 0 || number > LONGEST_EXPIRY)
    throw new CommandError(67, 'expireAfterSeconds must be a number of seconds');
  if (key.size > 1) throw new CommandError(67, 'TTL indexes are single-field indexes');
  return number;
}

function parsePartial(expression: Value): NonNullable<IndexSpec['partial']> {
  if (!isDocument(expression)) throw badValue('partialFilterExpression must be a document');
  assertPartial(expression);
  return { expression, matches: compileFilter(expression) };
}

const PARTIAL_OPERATORS = ['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type'];

/** As MongoDB 4.4: nothing that a document leaves the index for when it gets one more array element. */
function assertPartial(expression: Document): void {
  for (const [name, argument] of expression) {
    if (name === '$and' && isArray(argument)) argument.filter(isDocument).forEach(assertPartial);
    const operators = isOperatorDocument(argument) ? [...argument] : [];
    const isRefused = ([operator, operand]: [string, Value]): boolean =>
      !PARTIAL_OPERATORS.includes(operator) || (operator === '$exists' && !isTruthy(operand));
    if ((name.startsWith('$') && name !== '$and') || operators.some(isRefused)) {
      throw new CommandError(67, `unsupported expression in partial index: ${name}`);
    }
  }
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

/** Whether two definitions ask for the same index under the same name. */
export function isSameDefinition(a: IndexSpec, b: IndexSpec): boolean {
  return sortedParts(a) === sortedParts(b);
}

function sortedParts({ definition }: IndexSpec): string {
  const parts = [...definition].filter(([name, value]) => name !== 'background' && (name !== 'sparse' || isTruthy(value))); // prettier-ignore
  return parts.map(([name, value]) => name + orderKey(value)).sort().join(''); // prettier-ignore
}
