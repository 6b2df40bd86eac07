import { BSONRegExp } from 'bson';
import { isNaNValue, orderKey, typeBracket } from '../bson/order-key.ts';
import type { Maybe, Value } from '../bson/value.ts';
import { isNullish } from '../bson/value.ts';
import { badValue, notImplemented } from '../errors.ts';
import type { FieldTest, ValueTest } from './filter.ts';
import { someAtPath } from './walk-path.ts';
import { translateRegex } from './translate-regex.ts';

/** Passes when any value at the path does; remembers the array index for an update's `$`. */
export function anyValue(test: ValueTest): FieldTest {
  return {
    atPath: (document, path, details) =>
      someAtPath(document, path, 'elements', (value, index) => {
        if (!test(value)) return false;
        if (index !== undefined) details.index = index;
        return true;
      }),
    ofValue: test,
  };
}

/** `{ field: value }`: a regular expression searches, everything else is compared. */
export function equalTo(operand: Value): FieldTest {
  return anyValue(operand instanceof BSONRegExp ? matchesRegex(operand) : isEqual(operand));
}

export function isEqual(operand: Value): ValueTest {
  if (operand === null) return isNullish;
  const key = orderKey(operand);
  if (typeof operand === 'string') return (value) => value === operand;
  return (value) => value !== undefined && orderKey(value) === key;
}

/** Finds in strings; a stored regular expression matches itself. */
export function matchesRegex(regex: BSONRegExp): ValueTest {
  const pattern = translateRegex(regex);
  const isSame = isEqual(regex);
  return (value) =>
    typeof value === 'string' ? pattern.test(value) : value instanceof BSONRegExp && isSame(value);
}

export type Comparison = '$gt' | '$gte' | '$lt' | '$lte';

/** `$gt` and its like compare within one type bracket; null compares with null and missing alone. */
export function compares(comparison: Comparison, operand: Value): ValueTest {
  if (operand instanceof BSONRegExp)
    throw badValue(`Can't have RegEx as arg to predicate over field '${comparison}'.`);
  const includesEqual = comparison === '$gte' || comparison === '$lte';
  if (operand === null) return (value) => includesEqual && isNullish(value);
  if (isNaNValue(operand)) return (value) => includesEqual && isNaNValue(value);
  const key = orderKey(operand);
  const bracket = typeBracket(key);
  if (bracket === 'a' || bracket === 'z') return comparesWithExtreme(comparison, bracket);
  const passes = COMPARISONS[comparison];
  return (value) => {
    if (value === undefined || isNaNValue(value)) return false;
    const valueKey = orderKey(value);
    return typeBracket(valueKey) === bracket && passes(valueKey, key);
  };
}

const COMPARISONS: Readonly<Record<Comparison, (a: string, b: string) => boolean>> = {
  $gt: (a, b) => a > b,
  $gte: (a, b) => a >= b,
  $lt: (a, b) => a < b,
  $lte: (a, b) => a <= b,
};

/** Everything is at least MinKey and at most MaxKey, in every type; the other questions are refused. */
function comparesWithExtreme(comparison: Comparison, bracket: string): ValueTest {
  const isAlwaysTrue =
    (bracket === 'a' && comparison === '$gte') || (bracket === 'z' && comparison === '$lte');
  if (!isAlwaysTrue) throw notImplemented(`${comparison} with MinKey or MaxKey`);
  return () => true;
}

/** `$in`: values are compared, regular expressions search, null stands for missing too. */
export function isOneOf(operands: Value[]): ValueTest {
  const keys = new Set<string>();
  const regexes: ValueTest[] = [];
  for (const operand of operands) {
    if (operand instanceof BSONRegExp) regexes.push(matchesRegex(operand));
    else keys.add(orderKey(operand));
  }
  return (value: Maybe) => keys.has(orderKey(value)) || regexes.some((regex) => regex(value));
}
