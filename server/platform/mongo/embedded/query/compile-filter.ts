import type { Document, Value } from '../bson/value.ts';
import { isArray, isDocument, isTruthy } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import { FIELD_OPERATORS } from './field-operators.ts';
import type { FieldTest, Filter, FilterCompiler } from './filter.ts';
import { isOperatorDocument } from './filter.ts';
import { equalTo } from './value-tests.ts';
import { refuseQueryOperator } from './refused-operators.ts';
import { compileExpression } from '../aggregate/compile-expression.ts';

/** Compiles a whole filter, so that every mistake and every refusal comes before any work. */
export function compileFilter(filter: Document): Filter {
  return allOf([...filter].map(([name, argument]) => compileEntry(name, argument)));
}

function compileEntry(name: string, argument: Value): Filter {
  if (!name.startsWith('$')) return compileField(name, argument);
  const operator = LOGICAL_OPERATORS[name];
  if (operator === undefined) throw refuseQueryOperator(name, 'unknown top level operator: ');
  return operator(argument, name);
}

/** Operators that stand where a field name could. */
export const LOGICAL_OPERATORS: Readonly<Record<string, (argument: Value, name: string) => Filter>> = {
  $and: (argument, name) => allOf(compileClauses(argument, name)),
  $or: (argument, name) => anyOf(compileClauses(argument, name)),
  $nor: (argument, name) => not(anyOf(compileClauses(argument, name))),
  $expr: (argument) => {
    const evaluate = compileExpression(argument);
    return (document) => isTruthy(evaluate(document));
  },
  $comment: () => () => true,
};

function compileClauses(argument: Value, name: string): Filter[] {
  if (!isArray(argument) || argument.length === 0) throw badValue(`${name} must be a nonempty array`);
  return argument.map((clause) => {
    if (!isDocument(clause)) throw badValue('$or/$and/$nor entries need to be full objects');
    return compileFilter(clause);
  });
}

/** The filter for one field: `{ name: value }` or `{ name: { $operator: argument, … } }`. */
function compileField(name: string, argument: Value): Filter {
  const path = name.split('.');
  const tests = isOperatorDocument(argument) ? compileOperators(argument) : [equalTo(argument)];
  return allOf(tests.map((test) => (document, details) => test.atPath(document, path, details)));
}

/** Compiles `{ $operator: argument, … }`. */
export function compileOperators(operators: Document): FieldTest[] {
  return [...operators].map(([name, argument]) => {
    const operator = FIELD_OPERATORS[name];
    if (operator === undefined) throw refuseQueryOperator(name, 'unknown operator: ');
    return operator(argument, operators, COMPILER);
  });
}

function allOf(filters: Filter[]): Filter {
  const [only] = filters;
  if (filters.length === 1 && only !== undefined) return only;
  return (document, details) => filters.every((filter) => filter(document, details));
}

function anyOf(filters: Filter[]): Filter {
  return (document, details) => filters.some((filter) => filter(document, details));
}

// A negated clause must not decide what `$` stands for.
function not(filter: Filter): Filter {
  return (document) => !filter(document, {});
}

const COMPILER: FilterCompiler = { filter: compileFilter, operators: compileOperators };
