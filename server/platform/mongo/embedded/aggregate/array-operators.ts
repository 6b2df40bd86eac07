import { orderKey } from '../bson/order-key.ts';
import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, isNullish, isTruthy, numberValue, toNumber, typeName } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { mergeInto } from './accumulators.ts';
import type { Expression, ExpressionOperator } from './expression.ts';
import { namedParts, onValues } from './operator-arguments.ts';

/** Arrays, and documents as lists of fields. */
export const ARRAY_OPERATORS: Readonly<Record<string, ExpressionOperator>> = {
  $size: onValues(1, 1, ([array], name) => numberValue(arrayOrThrow(array, name).length)),
  $isArray: onValues(1, 1, ([value]) => isArray(value)),
  $in: onValues(2, 2, ([value, array], name) => {
    const key = orderKey(value);
    return arrayOrThrow(array, name).some((element) => value !== undefined && orderKey(element) === key);
  }),
  $arrayElemAt: onValues(2, 2, ([array, index], name) => {
    if (isNullish(array) || isNullish(index)) return null;
    return arrayOrThrow(array, name).at(wholeNumber(index, name));
  }),
  $first: onValues(1, 1, ([array], name) => (isNullish(array) ? null : arrayOrThrow(array, name)[0])),
  $last: onValues(1, 1, ([array], name) => (isNullish(array) ? null : arrayOrThrow(array, name).at(-1))),
  $concatArrays: onValues(0, Infinity, (arrays, name) =>
    arrays.some(isNullish) ? null : arrays.flatMap((array) => arrayOrThrow(array, name)),
  ),
  $slice: onValues(2, 3, ([array, from, count], name) => {
    if (isNullish(array) || isNullish(from) || count === null) return null;
    return sliced(
      arrayOrThrow(array, name),
      wholeNumber(from, name),
      count === undefined ? undefined : wholeNumber(count, name),
    );
  }),
  $reverseArray: onValues(1, 1, ([array], name) =>
    isNullish(array) ? null : [...arrayOrThrow(array, name)].reverse(),
  ),
  $mergeObjects: onValues(0, Infinity, (values) => {
    const merged: Document = new Map();
    for (const value of values) mergeInto(merged, value);
    return merged;
  }),
  $objectToArray: onValues(1, 1, ([document]) => {
    if (isNullish(document)) return null;
    if (!isDocument(document)) throw new CommandError(40390, '$objectToArray requires a document input');
    return [...document].map(([k, v]) => new Map<string, Value>([['k', k], ['v', v]])); // prettier-ignore
  }),
  $map: (argument, compile, name) => {
    const { input, body, as } = overElements(argument, compile, name, 'in');
    return (scope) =>
      eachElement(input(scope), name, (element) => body(withVariable(scope, as, element)) ?? null);
  },
  $filter: (argument, compile, name) => {
    const { input, body, as } = overElements(argument, compile, name, 'cond');
    return (scope) => {
      const array = input(scope);
      if (isNullish(array)) return null;
      return arrayOrThrow(array, name).filter((element) => isTruthy(body(withVariable(scope, as, element))));
    };
  },
  $reduce: (argument, compile, name) => {
    const parts = namedParts(argument, name, ['input', 'initialValue', 'in']);
    const input = compile(parts.get('input') ?? null);
    const initial = compile(parts.get('initialValue') ?? null);
    const body = compile(parts.get('in') ?? null, ['this', 'value']);
    return (scope) => {
      const array = input(scope);
      if (isNullish(array)) return null;
      return arrayOrThrow(array, name).reduce<Maybe>(
        (value, element) => body(withVariable(withVariable(scope, 'this', element), 'value', value)),
        initial(scope),
      );
    };
  },
};

function overElements(
  argument: Value,
  compile: Parameters<ExpressionOperator>[1],
  name: string,
  bodyName: string,
): { input: Expression; body: Expression; as: string } {
  const parts = namedParts(argument, name, ['input', bodyName], ['as']);
  const as = parts.get('as') ?? 'this';
  if (typeof as !== 'string') throw new CommandError(16880, `${name}: 'as' must be a string`);
  return { input: compile(parts.get('input') ?? null), body: compile(parts.get(bodyName) ?? null, [as]), as };
}

function eachElement(array: Maybe, name: string, compute: (element: Value) => Value): Maybe {
  return isNullish(array) ? null : arrayOrThrow(array, name).map(compute);
}

function withVariable(
  scope: Parameters<Expression>[0],
  name: string,
  value: Maybe,
): Parameters<Expression>[0] {
  return { root: scope.root, variables: new Map(scope.variables).set(name, value) };
}

function arrayOrThrow(value: Maybe, name: string): Value[] {
  if (isArray(value)) return value;
  throw new CommandError(
    17124,
    `The argument to ${name} must be an array, but was of type: ${typeName(value)}`,
  );
}

function wholeNumber(value: Value, name: string): number {
  const number = toNumber(value);
  if (number !== undefined && Number.isInteger(number)) return number;
  throw new CommandError(28690, `${name}: a whole number is needed`);
}

function sliced(array: Value[], from: number, count: number | undefined): Value[] {
  if (count === undefined) return from < 0 ? array.slice(from) : array.slice(0, from);
  if (count <= 0) throw new CommandError(28729, 'Third argument to $slice must be positive');
  const start = from < 0 ? Math.max(array.length + from, 0) : from;
  return array.slice(start, start + count);
}
