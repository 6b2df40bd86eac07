import { orderKey } from '../bson/order-key.ts';
import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, toNumber, typeName } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import { parseSort } from '../indexes/parse-index-spec.ts';
import { sortBy } from '../query/find-matches.ts';
import type { ApplyUpdate } from './apply-update.ts';

export const PUSH_MODIFIERS = ['$each', '$position', '$slice', '$sort'];

/** `$push` of one value, or of `$each` with `$position`, `$sort` and `$slice`, which are done in this order. */
export function compilePush(argument: Value): ApplyUpdate {
  if (!isDocument(argument) || !argument.has('$each')) return pushWith([argument], Infinity, keep, keep);
  const unknown = [...argument.keys()].find((name) => !PUSH_MODIFIERS.includes(name));
  if (unknown !== undefined) throw badValue(`Unrecognized clause in $push: ${unknown}`);
  const each = argument.get('$each');
  if (!isArray(each)) throw badValue('The argument to $each in $push must be an array');
  return pushWith(
    each,
    wholeNumber(argument, '$position') ?? Infinity,
    sorter(argument.get('$sort')),
    slicer(wholeNumber(argument, '$slice')),
  );
}

type Rearrange = (values: Value[]) => Value[];

const keep: Rearrange = (values) => values;

function pushWith(each: readonly Value[], position: number, sort: Rearrange, slice: Rearrange): ApplyUpdate {
  return (target) => {
    const found = target.getOrThrow();
    const current = found === undefined ? [] : found;
    if (!isArray(current)) {
      throw badValue(`The field '${target.name}' must be an array but is of type ${typeName(current)}`);
    }
    const at = position < 0 ? Math.max(current.length + position, 0) : position;
    target.set(slice(sort([...current.slice(0, at), ...each, ...current.slice(at)])));
  };
}

function wholeNumber(argument: Document, name: string): number | undefined {
  const value = argument.get(name);
  if (value === undefined) return undefined;
  const number = toNumber(value);
  if (number === undefined || !Number.isInteger(number))
    throw badValue(`The value for ${name} must be an integer`);
  return number;
}

/** A negative number keeps the end of the array, a positive one its beginning. */
function slicer(size: number | undefined): Rearrange {
  if (size === undefined) return keep;
  if (size === 0) return () => [];
  return (values) => (size < 0 ? values.slice(size) : values.slice(0, size));
}

/** `1` and `-1` sort by whole elements, a document sorts by fields of elements. */
function sorter(order: Maybe): Rearrange {
  if (order === undefined) return keep;
  if (isDocument(order)) return byFields(order);
  const direction = toNumber(order);
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
  return (values) => {
    const keyed = values.map((value) => ({ value, key: orderKey(value) }));
    keyed.sort((a, b) => (a.key === b.key ? 0 : (a.key < b.key ? -1 : 1) * direction));
    return keyed.map(({ value }) => value);
  };
}

function byFields(order: Document): Rearrange {
  const fields = parseSort(order);
  const nothing: Document = new Map();
  return (values) => sortBy(values, fields, (value) => (isDocument(value) ? value : nothing));
}
