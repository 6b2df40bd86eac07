import type { Maybe } from '../bson/value.ts';
import { isNullish, numberValue, toNumber, typeName } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import type { ExpressionOperator } from './expression.ts';
import { onValues } from './operator-arguments.ts';

/** Strings. Upper and lower case change ASCII letters alone, as in MongoDB. */
export const TEXT_OPERATORS: Readonly<Record<string, ExpressionOperator>> = {
  $concat: onValues(0, Infinity, (values, name) =>
    values.some(isNullish) ? null : values.map((value) => textOrThrow(value, name)).join(''),
  ),
  $toLower: onValues(1, 1, ([value], name) =>
    caseable(value, name).replace(/[A-Z]/g, (c) => c.toLowerCase()),
  ),
  $toUpper: onValues(1, 1, ([value], name) =>
    caseable(value, name).replace(/[a-z]/g, (c) => c.toUpperCase()),
  ),
  $split: onValues(2, 2, ([value, separator], name) => {
    if (isNullish(value) || isNullish(separator)) return null;
    if (separator === '') throw new CommandError(40087, '$split requires a non-empty separator');
    return textOrThrow(value, name).split(textOrThrow(separator, name));
  }),
  $strLenCP: onValues(1, 1, ([value], name) => numberValue([...textOrThrow(value, name)].length)),
  $substrCP: onValues(3, 3, ([value, from, count], name) => {
    if (isNullish(value)) return '';
    const start = wholeNumber(from, name);
    return [...textOrThrow(value, name)].slice(start, start + wholeNumber(count, name)).join('');
  }),
};

function textOrThrow(value: Maybe, name: string): string {
  if (typeof value === 'string') return value;
  throw new CommandError(16702, `${name} only supports strings, not ${typeName(value)}`);
}

function caseable(value: Maybe, name: string): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  throw notImplemented(`${name} of a value that is no string`);
}

function wholeNumber(value: Maybe, name: string): number {
  const number = toNumber(value);
  if (number !== undefined && Number.isInteger(number) && number >= 0) return number;
  throw new CommandError(34450, `${name}: positions must be non-negative integers`);
}
