import { EMPTY_ARRAY_KEY, descending, orderKey } from '../bson/order-key.ts';
import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
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
  isEmptyArray?: boolean;
}

/**
 * All keys of a document for an index or a sort, in ascending order, each once. An array gives one key
 * per element. Throws CommandError 171 when two fields lead through different arrays.
 */
export function indexKeys(document: Document, fields: readonly KeyField[]): IndexKey[] {
  const tuples: Position[][] = [];
  expand(
    fields.map(({ path }) => ({ value: document, rest: path })),
    fields,
    tuples,
  );
  const keys = tuples.map((tuple) => ({
    key: tuple.map((position, i) => keyOf(position, fields[i]?.descending === true)).join(''),
    values: tuple.map(({ value, isEmptyArray }) => (isEmptyArray ? null : value)),
  }));
  return keys.length === 1 ? keys : sortedAndUnique(keys);
}

function sortedAndUnique(keys: IndexKey[]): IndexKey[] {
  const byKey = new Map(keys.map((key) => [key.key, key]));
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function keyOf(position: Position, isDescending: boolean): string {
  const key = position.isEmptyArray ? EMPTY_ARRAY_KEY : orderKey(position.value);
  return isDescending ? descending(key) : key;
}

function expand(start: Position[], fields: readonly KeyField[], tuples: Position[][]): void {
  const positions = start.map(descend);
  const open = positions.map(arrayAt);
  const array = open.find((candidate) => candidate !== undefined);
  if (array === undefined) {
    tuples.push(positions);
    return;
  }
  if (open.some((other) => other !== undefined && other !== array)) throw parallelArrays(fields, open);
  const inside = positions.map((position, i) => (open[i] ? elementByNumber(array, position) : position));
  if (inside.every((position) => position !== undefined)) {
    expand(inside, fields, tuples);
    return;
  }
  for (const element of array.length === 0 ? [undefined] : array) {
    const next = positions.map(
      (position, i) => inside[i] ?? intoElement(element, position, array.length === 0),
    );
    expand(next, fields, tuples);
  }
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

/** The array that a position still has to go through. */
function arrayAt({ value, rest }: Position): Value[] | undefined {
  return isArray(value) && rest !== CHOSEN ? value : undefined;
}

/** The rest of a path whose value is final: an array chosen as an element is not opened again. */
const CHOSEN: readonly string[] = [];

/** `a.0.b` names one element where it can; every other path means all elements. */
function elementByNumber(array: Value[], { rest }: Position): Position | undefined {
  const [part] = rest;
  const element = part !== undefined && /^(0|[1-9]\d*)$/.test(part) ? array[+part] : undefined;
  return element === undefined ? undefined : { value: element, rest: rest.slice(1) };
}

function intoElement(element: Maybe, { rest }: Position, isEmptyArray: boolean): Position {
  if (rest.length === 0)
    return isEmptyArray ? { value: undefined, rest: CHOSEN, isEmptyArray } : { value: element, rest: CHOSEN };
  return isDocument(element) ? { value: element, rest } : { value: undefined, rest: CHOSEN };
}

function parallelArrays(fields: readonly KeyField[], open: readonly (Value[] | undefined)[]): CommandError {
  const names = fields.filter((_, i) => open[i] !== undefined).map(({ name }) => `[${name}]`);
  return new CommandError(171, `cannot index parallel arrays ${names.reverse().join(' ')}`);
}
