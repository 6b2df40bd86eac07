import { Double, Int32 } from 'bson';
import { divide, multiply, subtract, toBigint } from '../bson/arithmetic.ts';
import type { Maybe, Numeric, Value } from '../bson/value.ts';
import { isNullish, isNumeric, toNumber, typeName } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import { ARRAY_ACCUMULATORS, accumulate } from './accumulators.ts';
import type { ExpressionOperator } from './expression.ts';
import { NumericSum } from './numeric-sum.ts';
import { onValues } from './operator-arguments.ts';

/** Arithmetic. Null or missing among the arguments makes the result null, except for the accumulators. */
export const NUMBER_OPERATORS: Readonly<Record<string, ExpressionOperator>> = {
  $add: onValues(0, Infinity, addAll),
  $subtract: nullable(2, ([a, b], name) => {
    if (a instanceof Date) return subtractFromDate(a, b ?? null);
    return subtract(numeric(a, name), numeric(b, name));
  }),
  $multiply: nullable(Infinity, (values, name) =>
    values.map((value) => numeric(value, name)).reduce((a, b) => multiply(a, b, 'double'), new Int32(1)),
  ),
  $divide: nullable(2, ([a, b], name) => divide(numeric(a, name), numeric(b, name))),
  $mod: nullable(2, ([a, b], name) => modulo(numeric(a, name), numeric(b, name))),
  $abs: nullable(1, ([value], name) => {
    const number = numeric(value, name);
    if ((toNumber(number) ?? 0) >= 0) return number;
    return multiply(number, new Int32(-1), 'fail');
  }),
  ...Object.fromEntries(
    ARRAY_ACCUMULATORS.map((name) => [name, onValues(1, Infinity, (values) => accumulate(name, values))]),
  ),
};

function nullable(count: number, compute: (values: Value[], name: string) => Maybe): ExpressionOperator {
  const least = count === Infinity ? 0 : count;
  return onValues(least, count, (values, name) => {
    const present = values.filter((value) => !isNullish(value));
    return present.length < values.length ? null : compute(present, name);
  });
}

function numeric(value: Maybe, name: string): Numeric {
  if (isNumeric(value)) return value;
  throw new CommandError(16554, `${name} only supports numeric types, not ${typeName(value)}`);
}

/** Sums numbers; with one date among them, milliseconds are added to it. */
function addAll(values: Maybe[], name: string): Maybe {
  const sum = new NumericSum();
  let date: Date | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date && date)
      throw new CommandError(16612, 'only one date allowed in an $add expression');
    if (value instanceof Date) date = value;
    else sum.add(numeric(value, name));
  }
  return date ? shifted(date, sum.total()) : sum.total();
}

function subtractFromDate(date: Date, other: Value): Maybe {
  if (other instanceof Date) return BigInt(date.getTime() - other.getTime());
  return shifted(date, subtract(new Int32(0), numeric(other, '$subtract')));
}

function shifted(date: Date, milliseconds: Numeric): Date {
  if (typeof milliseconds !== 'bigint' && !(milliseconds instanceof Int32)) {
    throw notImplemented('adding a fraction of a millisecond to a date');
  }
  const result = new Date(date.getTime() + Number(toBigint(milliseconds)));
  if (Number.isNaN(result.getTime())) throw notImplemented('a date outside the years -271821 to 275760');
  return result;
}

function modulo(a: Numeric, b: Numeric): Numeric {
  if (toNumber(b) === 0) throw new CommandError(16610, "can't $mod by zero");
  const areIntegers = [a, b].every((value) => typeof value === 'bigint' || value instanceof Int32);
  if (areIntegers) {
    const rest = toBigint(a as bigint | Int32) % toBigint(b as bigint | Int32);
    return a instanceof Int32 && b instanceof Int32 ? new Int32(Number(rest)) : rest;
  }
  if (!(a instanceof Double || a instanceof Int32) || !(b instanceof Double || b instanceof Int32)) {
    throw notImplemented('$mod of these types');
  }
  return new Double(a.value % b.value);
}
