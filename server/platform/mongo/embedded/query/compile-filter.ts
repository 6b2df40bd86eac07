import { BSONRegExp } from 'bson';
import { compileExpression } from '../aggregate/expressions.ts';
import { badValue, notImplemented } from '../errors.ts';
import { REFUSED_FILTERS } from '../refused-names.ts';
import { orderKey, typeBracket } from '../values/order-key.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isDocument, isNullish, isOperatorDocument, isTruthy, toNumber } from '../values/value.ts';
import type { ArrayAtEnd, Visit } from './walk-path.ts';
import { someAtPath } from './walk-path.ts';

/** What a match leaves behind: the array index that an update's `$` stands for. */
export interface MatchDetails {
  index?: number | undefined;
}

/** Whether a document matches. */
export type Filter = (document: Document, details: MatchDetails) => boolean;

/** Tests one value; undefined stands for a missing field. */
type ValueTest = (value: Maybe) => boolean;

/** Puts a question to a path of a document, or to one value alone: whether any value there passes. */
type Place = (end: ArrayAtEnd, visit: Visit) => boolean;

/** One operator with its argument. */
type FieldTest = (place: Place, details: MatchDetails) => boolean;

/** Compiles a whole filter, so that every mistake and every refusal comes before any work. */
export function compileFilter(filter: Document): Filter {
  const filters = [...filter].map(([name, argument]) => compileEntry(name, argument));
  return (document, details) => filters.every((one) => one(document, details));
}

function compileEntry(name: string, argument: Value): Filter {
  if (!name.startsWith('$')) return compileField(name.split('.'), argument);
  const operator = LOGICAL_OPERATORS[name];
  if (operator === undefined) throw unknownOperator(name);
  return operator(argument, name);
}

function unknownOperator(name: string): Error {
  return REFUSED_FILTERS.has(name) ? notImplemented(name) : badValue(`unknown operator: ${name}`);
}

/** Operators that stand where a field name could. */
export const LOGICAL_OPERATORS: Readonly<Record<string, (argument: Value, name: string) => Filter>> = {
  $and: (argument, name) => {
    const clauses = compileClauses(argument, name);
    return (document, details) => clauses.every((clause) => clause(document, details));
  },
  $or: (argument, name) => {
    const clauses = compileClauses(argument, name);
    return (document, details) => clauses.some((clause) => clause(document, details));
  },
  // A negated clause must not decide what an update's `$` stands for, hence the details of its own.
  $nor: (argument, name) => {
    const clauses = compileClauses(argument, name);
    return (document) => !clauses.some((clause) => clause(document, {}));
  },
  $expr: (argument) => {
    const evaluate = compileExpression(argument);
    return (document) => isTruthy(evaluate(document));
  },
  $comment: () => () => true,
};

function compileClauses(argument: Value, name: string): Filter[] {
  if (!isArray(argument) || argument.length === 0) throw badValue(`${name} must be a nonempty array`);
  if (!argument.every(isDocument)) throw badValue('$or/$and/$nor entries need to be full objects');
  return argument.map(compileFilter);
}

/** The filter for one field: `{ name: value }` or `{ name: { $operator: argument, … } }`. */
function compileField(path: readonly string[], argument: Value): Filter {
  const test = isOperatorDocument(argument)
    ? compileOperators(argument)
    : anyValue(isEqual(noSearch(argument)));
  return (document, details) => test((end, visit) => someAtPath(document, path, end, visit), details);
}

/** Compiles `{ $operator: argument, … }`. */
function compileOperators(operators: Document): FieldTest {
  return allOf(
    [...operators].map(([name, argument]) => {
      const operator = FIELD_OPERATORS[name];
      if (operator === undefined) throw unknownOperator(name);
      return operator(argument);
    }),
  );
}

/** Every operator of a filter that belongs to a field. */
export const FIELD_OPERATORS: Readonly<Record<string, (argument: Value) => FieldTest>> = {
  $eq: (argument) => anyValue(isEqual(argument)),
  $ne: (argument) => negated(anyValue(isEqual(noRegex(argument)))),
  $gt: (argument) => anyValue(compares(argument, (a, b) => a > b)),
  $gte: (argument) => anyValue(compares(argument, (a, b) => a >= b)),
  $lt: (argument) => anyValue(compares(argument, (a, b) => a < b)),
  $lte: (argument) => anyValue(compares(argument, (a, b) => a <= b)),
  $in: (argument) => anyValue(isOneOf(argument)),
  $nin: (argument) => negated(anyValue(isOneOf(argument))),
  $exists: (argument) => {
    const exists = anyValue((value) => value !== undefined);
    return isTruthy(argument) ? exists : negated(exists);
  },
  $not: (argument) => {
    const operators = noSearch(argument);
    if (!isDocument(operators) || operators.size === 0) throw badValue('$not needs a document');
    return negated(compileOperators(operators));
  },
  $size: (argument) => {
    const size = toNumber(argument);
    if (size === undefined || !Number.isInteger(size) || size < 0)
      throw badValue('$size needs a whole number that is not negative');
    return anyArray((array) => array.length === size);
  },
  $all: (argument) => {
    if (!isArray(argument)) throw badValue('$all needs an array');
    return argument.length === 0 ? () => false : allOf(argument.map(compileWanted));
  },
  $elemMatch: (argument) => {
    const matches = elementTest(argument);
    return anyArray((array) => array.findIndex(matches));
  },
};

function anyValue(test: ValueTest): FieldTest {
  return (place, details) =>
    place('elements', (value, index) => {
      if (!test(value)) return false;
      if (index !== undefined) details.index = index;
      return true;
    });
}

/** Asks about an array as a whole; `test` may answer with the index of the element that decided. */
function anyArray(test: (array: Value[]) => number | boolean): FieldTest {
  return (place, details) =>
    place('whole', (value, outer) => {
      const result = isArray(value) && test(value);
      if (typeof result === 'boolean') return result;
      if (result >= 0) details.index = outer ?? result;
      return result >= 0;
    });
}

function allOf(tests: FieldTest[]): FieldTest {
  return (place, details) => tests.every((test) => test(place, details));
}

function negated(test: FieldTest): FieldTest {
  return (place) => !test(place, {});
}

export function isEqual(operand: Value): ValueTest {
  if (operand === null) return isNullish;
  const key = orderKey(operand);
  return (value) => value !== undefined && orderKey(value) === key;
}

/** MongoDB searches by PCRE, which JavaScript's regular expressions are not. */
export function noSearch(operand: Value): Value {
  if (operand instanceof BSONRegExp) throw notImplemented('a search by a regular expression');
  return operand;
}

function noRegex(operand: Value): Value {
  if (operand instanceof BSONRegExp) throw badValue("Can't have a regular expression as an argument here");
  return operand;
}

/** `$gt` and its like compare within one type bracket; null and NaN are equal to themselves alone. */
function compares(operand: Value, passes: (a: string, b: string) => boolean): ValueTest {
  const key = orderKey(noRegex(operand));
  const bracket = typeBracket(key);
  // Everything is at least MinKey and at most MaxKey, in every type; the other questions are refused.
  const isExtreme = bracket === 'a' || bracket === 'z';
  if (isExtreme && passes('m', bracket) && passes(bracket, bracket)) return () => true;
  if (isExtreme) throw notImplemented('$gt or $lt with MinKey or MaxKey');
  if (isNullish(operand) || isNaNValue(operand)) return passes('', '') ? isEqual(operand) : () => false;
  return (value) => {
    if (value === undefined || isNaNValue(value)) return false;
    const valueKey = orderKey(value);
    return typeBracket(valueKey) === bracket && passes(valueKey, key);
  };
}

export function isNaNValue(value: Maybe): boolean {
  return Number.isNaN(toNumber(value));
}

/** `$in`: null stands for missing too. */
function isOneOf(argument: Value): ValueTest {
  if (!isArray(argument)) throw badValue('$in and $nin need an array');
  if (argument.some(isOperatorDocument)) throw badValue('cannot nest $ under $in or $nin');
  const keys = new Set(argument.map((operand) => orderKey(noSearch(operand))));
  return (value) => keys.has(orderKey(value));
}

/** One entry of `$all`. */
function compileWanted(wanted: Value): FieldTest {
  if (!isOperatorDocument(wanted)) return anyValue(isEqual(noSearch(wanted)));
  if (!wanted.has('$elemMatch') || wanted.size > 1) throw badValue('no $ expressions in $all');
  return compileOperators(wanted);
}

/** What `$elemMatch` asks of one element: operators for the element itself, or a filter for documents. */
function elementTest(argument: Value): ValueTest {
  if (!isDocument(argument)) throw badValue('$elemMatch needs an Object');
  const [first = ''] = argument.keys();
  if (first in FIELD_OPERATORS) return valueTest(argument);
  const filter = compileFilter(argument);
  return (element) => {
    // To a filter of fields, a nested array is a document with the fields "0", "1", …
    if (isArray(element)) return filter(new Map(element.map((value, i) => [String(i), value])), {});
    return isDocument(element) && filter(element, {});
  };
}

/** Puts `{ $operator: argument, … }` to one value that is not looked into. */
function valueTest(operators: Document): ValueTest {
  const test = compileOperators(operators);
  return (value) => test((_end, visit) => visit(value, undefined), {});
}
