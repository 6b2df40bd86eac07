import { EMPTY_ARRAY_KEY, orderKey } from '../bson/order-key.ts';
import type { Maybe } from '../bson/value.ts';
import { isArray, isNullish, isTruthy, numberValue } from '../bson/value.ts';
import type { ExpressionOperator } from './expression.ts';
import { compileArguments, namedParts, onValues } from './operator-arguments.ts';

/** Comparing and choosing. */
export const CONTROL_OPERATORS: Readonly<Record<string, ExpressionOperator>> = {
  $eq: comparing((a, b) => a === b),
  $ne: comparing((a, b) => a !== b),
  $gt: comparing((a, b) => a > b),
  $gte: comparing((a, b) => a >= b),
  $lt: comparing((a, b) => a < b),
  $lte: comparing((a, b) => a <= b),
  $cmp: onValues(2, 2, ([a, b]) => {
    const [left, right] = [comparisonKey(a), comparisonKey(b)];
    return numberValue(left === right ? 0 : left < right ? -1 : 1);
  }),
  $and: (argument, compile, name) => {
    const parts = compileArguments(argument, compile, name, 0, Infinity);
    return (root) => parts.every((part) => isTruthy(part(root)));
  },
  $or: (argument, compile, name) => {
    const parts = compileArguments(argument, compile, name, 0, Infinity);
    return (root) => parts.some((part) => isTruthy(part(root)));
  },
  $not: onValues(1, 1, ([value]) => !isTruthy(value)),
  $cond: (argument, compile, name) => {
    const named = isArray(argument) ? undefined : namedParts(argument, name, ['if', 'then', 'else']);
    const list = named ? ['if', 'then', 'else'].map((part) => named.get(part) ?? null) : argument;
    const [condition, whenTrue, whenFalse] = compileArguments(list, compile, name, 3, 3);
    return (root) => (isTruthy(condition?.(root)) ? whenTrue?.(root) : whenFalse?.(root));
  },
  // From version 5.0 on it takes more than two; the answer for two is the same.
  $ifNull: (argument, compile, name) => {
    const [value, otherwise] = compileArguments(argument, compile, name, 2, 2);
    return (root) => {
      const result = value?.(root);
      return isNullish(result) ? otherwise?.(root) : result;
    };
  },
  $literal: (argument) => () => argument,
};

function comparing(passes: (a: string, b: string) => boolean): ExpressionOperator {
  return onValues(2, 2, ([a, b]) => passes(comparisonKey(a), comparisonKey(b)));
}

/** In expressions, unlike in filters, a missing field is less than null. */
function comparisonKey(value: Maybe): string {
  return value === undefined ? EMPTY_ARRAY_KEY : orderKey(value);
}
