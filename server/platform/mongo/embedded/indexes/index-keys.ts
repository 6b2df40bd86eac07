import { CommandError } from '../errors.ts';
import { EMPTY_ARRAY_KEY, descending, orderKey } from '../values/order-key.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isArrayIndex, isDocument } from '../values/value.ts';
import type { KeyField } from './index-spec.ts';

/** One key of a document: comparable text, and the values that it stands for (undefined = missing). */
export interface IndexKey {
  key: string;
  values: Maybe[];
}

/** A field on its way through the document: what was reached, and what of the path is left. */
interface Position {
  value: Maybe;
  rest: readonly string[];
}

/** The rest of a path whose value is final: an array chosen as an element is not opened again. */
const CHOSEN: readonly string[] = [];

/** What stands in an index for an array without elements. */
const EMPTY_ARRAY: Value[] = [];

/**
 * All keys of a document for an index or a sort, in ascending order, each once. An array gives one key
 * per element. Throws CommandError 171 when two fields lead through different arrays.
 */
export function indexKeys(document: Document, fields: readonly KeyField[]): IndexKey[] {
  const start = fields.map(({ path }) => ({ value: document, rest: path }));
  const keys = expand(start).map((values) => ({
    key: values.map((value, i) => keyOf(value, fields[i]?.descending === true)).join(''),
    values: values.map((value) => (value === EMPTY_ARRAY ? null : value)),
  }));
  if (keys.length === 1) return keys;
  const byKey = new Map(keys.map((key) => [key.key, key]));
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function keyOf(value: Maybe, isDescending: boolean): string {
  const key = value === EMPTY_ARRAY ? EMPTY_ARRAY_KEY : orderKey(value);
  return isDescending ? descending(key) : key;
}

/** The values of all fields, once for each element of the array that some of them lead through. */
function expand(start: Position[]): Maybe[][] {
  const positions = start.map(descend);
  const open = positions.map(({ value, rest }) => (isArray(value) && rest !== CHOSEN ? value : undefined));
  const array = open.find((candidate) => candidate !== undefined);
  if (array === undefined) return [positions.map(({ value }) => value)];
  if (open.some((other) => other !== undefined && other !== array))
    throw new CommandError(171, 'cannot index parallel arrays');
  const inside = positions.map((position, i) => (open[i] ? elementByNumber(array, position) : position));
  if (inside.every((position) => position !== undefined)) return expand(inside);
  const elements = array.length === 0 ? [EMPTY_ARRAY] : array;
  return elements.flatMap((element) =>
    expand(positions.map((position, i) => inside[i] ?? intoElement(element, position))),
  );
}

/** Follows the path through documents, up to a value, to nothing, or to an array. */
function descend(position: Position): Position {
  if (position.rest === CHOSEN) return position;
  let { value } = position;
  let at = 0;
  while (at < position.rest.length && isDocument(value)) value = value.get(position.rest[at++] ?? '');
  if (at < position.rest.length && !isArray(value)) return { value: undefined, rest: CHOSEN };
  return { value, rest: position.rest.slice(at) };
}

/** `a.0.b` names one element where it can; every other path means all elements. */
function elementByNumber(array: Value[], { rest: [part = '', ...rest] }: Position): Position | undefined {
  const element = isArrayIndex(part) ? array[+part] : undefined;
  return element === undefined ? undefined : { value: element, rest };
}

function intoElement(element: Value, { rest }: Position): Position {
  if (rest.length === 0) return { value: element, rest: CHOSEN };
  return isDocument(element) ? { value: element, rest } : { value: undefined, rest: CHOSEN };
}
