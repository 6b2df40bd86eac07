import { orderKey } from '../bson/order-key.ts';
import type { Document, Maybe, Value } from '../bson/value.ts';
import { isDocument, isNullish, isNumeric } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { NumericSum } from './numeric-sum.ts';

/** Collects the values of one group; `result` may be asked once, at the end. */
export interface Accumulator {
  add: (value: Maybe) => void;
  result: () => Maybe;
}

/** Every accumulator of `$group`. */
export const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: () => numeric((sum) => sum.total()),
  $avg: () => numeric((sum) => sum.average()),
  $min: () => extreme((a, b) => a < b),
  $max: () => extreme((a, b) => a > b),
  $first: () => {
    let first: { value: Maybe } | undefined;
    return { add: (value) => (first ??= { value }), result: () => first?.value };
  },
  $last: () => {
    let last: Maybe;
    return { add: (value) => (last = value), result: () => last };
  },
  $push: () => {
    const values: Value[] = [];
    return { add: (value) => value !== undefined && values.push(value), result: () => values };
  },
  $addToSet: () => {
    const values = new Map<string, Value>();
    return {
      add: (value) =>
        value !== undefined && !values.has(orderKey(value)) && values.set(orderKey(value), value),
      result: () => [...values.values()],
    };
  },
  $mergeObjects: () => {
    const merged: Document = new Map();
    return { add: (value) => mergeInto(merged, value), result: () => merged };
  },
};

/** Adds the fields of a document; nothing for null and missing. Throws CommandError 40400 for other values. */
export function mergeInto(merged: Document, value: Maybe): void {
  if (isNullish(value)) return;
  if (!isDocument(value)) throw new CommandError(40400, '$mergeObjects requires object inputs');
  for (const [name, field] of value) merged.set(name, field);
}

function numeric(result: (sum: NumericSum) => Maybe): Accumulator {
  const sum = new NumericSum();
  return { add: (value) => isNumeric(value) && sum.add(value), result: () => result(sum) };
}

function extreme(isBetter: (a: string, b: string) => boolean): Accumulator {
  let best: { value: Value; key: string } | undefined;
  return {
    add: (value) => {
      if (isNullish(value)) return;
      const key = orderKey(value);
      if (!best || isBetter(key, best.key)) best = { value, key };
    },
    result: () => best?.value,
  };
}
