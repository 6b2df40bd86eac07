import { BSONRegExp } from 'bson';
import { namedTypes } from '../bson/type-alias.ts';
import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, isNumeric, isTruthy, toNumber, typeName } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import type { FieldTest, FilterCompiler, ValueTest } from './filter.ts';
import { isOperatorDocument } from './filter.ts';
import { anyValue, compares, isEqual, isOneOf, matchesRegex } from './value-tests.ts';
import { someAtPath } from './walk-path.ts';

type FieldOperator = (argument: Value, siblings: Document, compiler: FilterCompiler) => FieldTest;

/** Every operator of a filter that belongs to a field. */
export const FIELD_OPERATORS: Readonly<Record<string, FieldOperator>> = {
  $eq: (argument) => anyValue(isEqual(argument)),
  $ne: (argument) => {
    if (argument instanceof BSONRegExp) throw badValue("Can't have regex as arg to $ne.");
    return negated(anyValue(isEqual(argument)));
  },
  $gt: (argument) => anyValue(compares('$gt', argument)),
  $gte: (argument) => anyValue(compares('$gte', argument)),
  $lt: (argument) => anyValue(compares('$lt', argument)),
  $lte: (argument) => anyValue(compares('$lte', argument)),
  $in: (argument) => anyValue(isOneOf(listOf(argument, '$in'))),
  $nin: (argument) => negated(anyValue(isOneOf(listOf(argument, '$nin')))),
  $exists: (argument) => {
    const exists = anyValue((value) => value !== undefined);
    return isTruthy(argument) ? exists : negated(exists);
  },
  $type: (argument) => {
    const types = namedTypes(argument);
    return anyValue((value) => types.has(typeName(value)) && value !== undefined);
  },
  $regex: (argument, siblings) => anyValue(matchesRegex(regexOf(argument, siblings.get('$options')))),
  $options: (_argument, siblings) => {
    if (!siblings.has('$regex')) throw badValue('$options needs a $regex');
    return { atPath: () => true, ofValue: () => true };
  },
  $not: (argument, _siblings, compiler) => negated(compileNegated(argument, compiler)),
  $mod: (argument) => anyValue(moduloTest(argument)),
  $size: (argument) => wholeArray(sizeTest(argument)),
  $all: (argument, _siblings, compiler) => compileAll(argument, compiler),
  $elemMatch: (argument, _siblings, compiler) => compileElemMatch(argument, compiler),
};

// What is negated must not decide what an update's `$` stands for, hence the details of its own.
function negated(test: FieldTest): FieldTest {
  return {
    atPath: (document, path) => !test.atPath(document, path, {}),
    ofValue: (value) => !test.ofValue(value),
  };
}

function allTests(tests: FieldTest[]): FieldTest {
  return {
    atPath: (document, path, details) => tests.every((test) => test.atPath(document, path, details)),
    ofValue: (value) => tests.every((test) => test.ofValue(value)),
  };
}

function listOf(argument: Value, operator: string): Value[] {
  if (!isArray(argument)) throw badValue(`${operator} needs an array`);
  if (argument.some(isOperatorDocument)) throw badValue(`cannot nest $ under ${operator}`);
  return argument;
}

function regexOf(argument: Value, options: Maybe): BSONRegExp {
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  if (argument instanceof BSONRegExp) return new BSONRegExp(argument.pattern, options ?? argument.options);
  if (typeof argument !== 'string') throw badValue('$regex has to be a string');
  return new BSONRegExp(argument, options ?? '');
}

function compileNegated(argument: Value, compiler: FilterCompiler): FieldTest {
  if (argument instanceof BSONRegExp) return anyValue(matchesRegex(argument));
  if (!isDocument(argument)) throw badValue('$not needs a regex or a document');
  if (argument.size === 0) throw badValue('$not cannot be empty');
  return allTests(compiler.operators(argument));
}

function moduloTest(argument: Value): ValueTest {
  const [divisor, remainder] = isArray(argument) ? argument.map(wholeNumber) : [];
  if (divisor === undefined || remainder === undefined)
    throw badValue('malformed mod, needs to be two numbers');
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return (value) => {
    const number = wholeNumber(value);
    return number !== undefined && number % divisor === remainder;
  };
}

/** Rounded toward zero, as `$mod` does. */
function wholeNumber(value: Maybe): bigint | undefined {
  if (typeof value === 'bigint') return value;
  const number = toNumber(value);
  return number === undefined || !Number.isFinite(number) ? undefined : BigInt(Math.trunc(number));
}

/** Asks about an array as a whole; `test` answers with the index of the element that decided. */
function wholeArray(test: (array: Value[]) => number | boolean): FieldTest {
  const passes = (result: number | boolean): boolean => result === true || (result !== false && result >= 0);
  return {
    atPath: (document, path, details) =>
      someAtPath(document, path, 'whole', (value, outer) => {
        const result = isArray(value) && test(value);
        if (typeof result === 'number' && result >= 0) details.index = outer ?? result;
        return passes(result);
      }),
    ofValue: (value) => isArray(value) && passes(test(value)),
  };
}

function sizeTest(argument: Value): (array: Value[]) => boolean {
  const size = toNumber(argument);
  if (size === undefined || !isNumeric(argument)) throw badValue('$size needs a number');
  if (!Number.isInteger(size)) throw badValue('$size must be a whole number');
  if (size < 0) throw badValue('$size may not be negative');
  return (array) => array.length === size;
}

function compileAll(argument: Value, compiler: FilterCompiler): FieldTest {
  if (!isArray(argument)) throw badValue('$all needs an array');
  if (argument.length === 0) return anyValue(() => false);
  return allTests(
    argument.map((wanted) => {
      if (wanted instanceof BSONRegExp) return anyValue(matchesRegex(wanted));
      if (!isOperatorDocument(wanted)) return anyValue(isEqual(wanted));
      const inner = wanted.get('$elemMatch');
      if (inner === undefined || wanted.size > 1) throw badValue('no $ expressions in $all');
      return compileElemMatch(inner, compiler);
    }),
  );
}

/** One element must pass everything: operators for the element itself, or a filter for documents. */
function compileElemMatch(argument: Value, compiler: FilterCompiler): FieldTest {
  if (!isDocument(argument)) throw badValue('$elemMatch needs an Object');
  const matches = elementTest(argument, compiler);
  return wholeArray((array) => array.findIndex(matches));
}

/** The test that `$elemMatch` puts to one array element. */
function elementTest(argument: Document, compiler: FilterCompiler): ValueTest {
  const [first] = argument.keys();
  if (first !== undefined && first in FIELD_OPERATORS) return allTests(compiler.operators(argument)).ofValue;
  const filter = compiler.filter(argument);
  return (element) => {
    // To a filter of fields, a nested array is a document with the fields "0", "1", …
    if (isArray(element)) return filter(new Map(element.map((value, i) => [String(i), value])), {});
    return isDocument(element) && filter(element, {});
  };
}
