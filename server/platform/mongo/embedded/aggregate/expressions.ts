import { CommandError, badValue, notImplemented } from '../errors.ts';
import { REFUSED_EXPRESSIONS } from '../refused-names.ts';
import { EMPTY_ARRAY_KEY, orderKey } from '../values/order-key.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isDocument, isTruthy, numberValue, typeName } from '../values/value.ts';

/** A compiled expression: its value for a document, undefined when it is missing. */
export type Expression = (root: Document) => Maybe;

/** Compiles an aggregation expression. Throws for unknown operators and variables, before anything is read. */
export function compileExpression(part: Value): Expression {
  if (typeof part === 'string') return part.startsWith('$') ? compilePath(part) : () => part;
  if (isArray(part)) {
    const elements = part.map(compileExpression);
    return (root) => elements.map((element) => element(root) ?? null);
  }
  if (!isDocument(part)) return () => part;
  const [first] = part.keys();
  return first?.startsWith('$') ? compileOperator(part) : compileDocument(part);
}

function compileDocument(parts: Document): Expression {
  const fields = [...parts].map(([name, part]) => {
    if (name.includes('.')) throw badValue(`dotted field name '${name}' in an object expression`);
    return [name, compileExpression(part)] as const;
  });
  return (root) => {
    const values = fields.map(([name, evaluate]) => [name, evaluate(root)] as const);
    return new Map(values.filter((field): field is [string, Value] => field[1] !== undefined));
  };
}

function compileOperator(call: Document): Expression {
  const [[name, argument] = ['', null]] = call;
  if (call.size > 1) throw badValue(`an expression must have exactly one operator, not ${name} and more`);
  const operator = EXPRESSION_OPERATORS[name];
  if (operator) return operator(argument);
  if (REFUSED_EXPRESSIONS.has(name)) throw notImplemented(name);
  throw new CommandError(168, `Unrecognized expression '${name}'`);
}

const REFUSED_VARIABLES = ['ROOT', 'CURRENT', 'REMOVE', 'NOW', 'CLUSTER_TIME'];

/** `$field.path`; the variables that MongoDB gives are refused. */
function compilePath(text: string): Expression {
  const parts = text.replace(/^\$\$?/, '').split('.');
  if (parts.includes('')) throw badValue(`'${text}' is not a valid field path`);
  if (!text.startsWith('$$')) return (root) => followPath(root, parts);
  const [variable = ''] = parts;
  if (REFUSED_VARIABLES.includes(variable)) throw notImplemented(`$$${variable}`);
  throw badValue(`Use of undefined variable: ${variable}`);
}

/** Goes through documents; in an array, through each document in it. Numbers are no array places here. */
function followPath(value: Maybe, path: readonly string[], at = 0): Maybe {
  const part = path[at];
  if (part === undefined) return value;
  if (isDocument(value)) return followPath(value.get(part), path, at + 1);
  if (!isArray(value)) return undefined;
  const found = value.map((element) => (isDocument(element) ? followPath(element, path, at) : undefined));
  return found.filter((element) => element !== undefined);
}

/** Every operator of an expression: checks its argument and compiles it. */
export const EXPRESSION_OPERATORS: Readonly<Record<string, (argument: Value) => Expression>> = {
  $eq: comparing((a, b) => a === b),
  $gt: comparing((a, b) => a > b),
  $lt: comparing((a, b) => a < b),
  $cmp: comparing((a, b) => numberValue(a === b ? 0 : a < b ? -1 : 1)),
  $cond: (argument) => {
    const [condition, whenTrue, whenFalse] = compileArguments(conditionParts(argument), 3);
    return (root) => (isTruthy(condition?.(root)) ? whenTrue?.(root) : whenFalse?.(root));
  },
  // From version 5.0 on it takes more than two; the answer for two is the same.
  $ifNull: (argument) => {
    const [value, otherwise] = compileArguments(argument, 2);
    return (root) => value?.(root) ?? otherwise?.(root);
  },
  $type: (argument) => {
    const [value] = compileArguments(argument, 1);
    return (root) => typeName(value?.(root));
  },
};

function comparing(compare: (a: string, b: string) => Value): (argument: Value) => Expression {
  return (argument) => {
    const [left, right] = compileArguments(argument, 2);
    return (root) => compare(comparisonKey(left?.(root)), comparisonKey(right?.(root)));
  };
}

/** In expressions, unlike in filters, a missing field is less than null. */
function comparisonKey(value: Maybe): string {
  return value === undefined ? EMPTY_ARRAY_KEY : orderKey(value);
}

/** The arguments of an operator, one or a list. Throws when their number is wrong. */
function compileArguments(argument: Value, count: number): Expression[] {
  const parts = isArray(argument) ? argument : [argument];
  if (parts.length !== count)
    throw new CommandError(16020, `an expression takes ${count} arguments, ${parts.length} were passed in.`);
  return parts.map(compileExpression);
}

/** `{ if, then, else }` as the list of the three. */
function conditionParts(argument: Value): Value {
  if (!isDocument(argument)) return argument;
  const names = ['if', 'then', 'else'];
  if (argument.size !== 3 || !names.every((name) => argument.has(name)))
    throw badValue("$cond needs 'if', 'then' and 'else'");
  return names.map((name) => argument.get(name) ?? null);
}
