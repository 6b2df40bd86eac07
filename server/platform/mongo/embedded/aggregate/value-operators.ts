import { orderKey } from '../bson/order-key.ts';
import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isNullish, isNumeric, numberValue, typeName } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import { mergeInto } from './accumulators.ts';
import type { ExpressionOperator } from './expression.ts';
import { NumericSum } from './numeric-sum.ts';
import { onValues } from './operator-arguments.ts';

/** Types, sums, arrays and documents. */
export const VALUE_OPERATORS: Readonly<Record<string, ExpressionOperator>> = {
  $add: onValues(0, Infinity, addAll),
  $sum: onValues(1, Infinity, (values) => {
    const [only] = values;
    return sumOf(values.length === 1 && isArray(only) ? only : values);
  }),
  $type: onValues(1, 1, ([value]) => typeName(value)),
  $size: onValues(1, 1, ([array], name) => numberValue(arrayOrThrow(array, name).length)),
  $in: onValues(2, 2, ([value, array], name) => {
    const key = orderKey(value);
    return arrayOrThrow(array, name).some((element) => value !== undefined && orderKey(element) === key);
  }),
  $concatArrays: onValues(0, Infinity, (arrays, name) =>
    arrays.some(isNullish) ? null : arrays.flatMap((array) => arrayOrThrow(array, name)),
  ),
  $mergeObjects: onValues(0, Infinity, (values) => {
    const merged: Document = new Map();
    for (const value of values) mergeInto(merged, value);
    return merged;
  }),
};

function sumOf(values: readonly Maybe[]): Value {
  const sum = new NumericSum();
  for (const value of values) if (isNumeric(value)) sum.add(value);
  return sum.total();
}

function addAll(values: readonly Maybe[], name: string): Value {
  const sum = new NumericSum();
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) throw notImplemented('$add to a date');
    if (!isNumeric(value))
      throw new CommandError(16554, `${name} only supports numeric types, not ${typeName(value)}`);
    sum.add(value);
  }
  return sum.total();
}

function arrayOrThrow(value: Maybe, name: string): Value[] {
  if (isArray(value)) return value;
  throw new CommandError(
    17124,
    `The argument to ${name} must be an array, but was of type: ${typeName(value)}`,
  );
}
