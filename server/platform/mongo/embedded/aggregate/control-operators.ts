import { EMPTY_ARRAY_KEY, orderKey } from '../bson/order-key.ts';
import type { Maybe } from '../bson/value.ts';
import { isArray, isDocument, isNullish, isTruthy, numberValue } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { ExpressionOperator } from './expression.ts';
import { compileArguments, namedParts, onValues } from './operator-arguments.ts';

/** Comparing, choosing, naming. */
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
    return (scope) => parts.every((part) => isTruthy(part(scope)));
  },
  $or: (argument, compile, name) => {
    const parts = compileArguments(argument, compile, name, 0, Infinity);
    return (scope) => parts.some((part) => isTruthy(part(scope)));
  },
  $not: onValues(1, 1, ([value]) => !isTruthy(value)),
  $cond: (argument, compile, name) => {
    const named = isArray(argument) ? undefined : namedParts(argument, name, ['if', 'then', 'else']);
    const list = named ? ['if', 'then', 'else'].map((part) => named.get(part) ?? null) : argument;
    const [condition, whenTrue, whenFalse] = compileArguments(list, compile, name, 3, 3);
    return (scope) => (isTruthy(condition?.(scope)) ? whenTrue?.(scope) : whenFalse?.(scope));
  },
  // From version 5.0 on it takes more than two; the answer for two is the same.
  $ifNull: (argument, compile, name) => {
    const [value, otherwise] = compileArguments(argument, compile, name, 2, 2);
    return (scope) => {
      const result = value?.(scope);
      return isNullish(result) ? otherwise?.(scope) : result;
    };
  },
  $switch: (argument, compile, name) => {
    const parts = namedParts(argument, name, ['branches'], ['default']);
    const branches = parts.get('branches') ?? null;
    if (!isArray(branches) || branches.length === 0)
      throw new CommandError(40068, '$switch requires branches');
    const cases = branches.map((branch) => {
      const { case: condition, then } = Object.fromEntries(namedParts(branch, name, ['case', 'then']));
      return { condition: compile(condition ?? null), then: compile(then ?? null) };
    });
    const fallback = parts.get('default');
    const otherwise = fallback === undefined ? noBranch : compile(fallback);
    return (scope) => (cases.find(({ condition }) => isTruthy(condition(scope)))?.then ?? otherwise)(scope);
  },
  $literal: (argument) => () => argument,
  $let: (argument, compile, name) => {
    const parts = namedParts(argument, name, ['vars', 'in']);
    const vars = parts.get('vars') ?? null;
    if (!isDocument(vars)) throw new CommandError(16876, 'invalid parameter: expected an object (vars)');
    const values = [...vars].map(([variable, part]) => [variable, compile(part)] as const);
    const body = compile(parts.get('in') ?? null, [...vars.keys()]);
    return ({ root, variables }) => {
      const inner = new Map(variables);
      for (const [variable, value] of values) inner.set(variable, value({ root, variables }));
      return body({ root, variables: inner });
    };
  },
};

function comparing(passes: (a: string, b: string) => boolean): ExpressionOperator {
  return onValues(2, 2, ([a, b]) => passes(comparisonKey(a), comparisonKey(b)));
}

/** In expressions, unlike in filters, a missing field is less than null. */
function comparisonKey(value: Maybe): string {
  return value === undefined ? EMPTY_ARRAY_KEY : orderKey(value);
}

function noBranch(): never {
  throw new CommandError(
    40066,
    '$switch could not find a matching branch for an input, and no default was specified.',
  );
}
