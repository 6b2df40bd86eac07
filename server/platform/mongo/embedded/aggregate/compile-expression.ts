import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import { ARRAY_OPERATORS } from './array-operators.ts';
import { CONTROL_OPERATORS } from './control-operators.ts';
import type { Expression, ExpressionOperator } from './expression.ts';
import { NUMBER_OPERATORS } from './number-operators.ts';
import { REFUSED_EXPRESSIONS } from './refused-names.ts';
import { TEXT_OPERATORS } from './text-operators.ts';
import { TYPE_OPERATORS } from './type-operators.ts';

/** Every operator of an expression. */
export const EXPRESSION_OPERATORS: Readonly<Record<string, ExpressionOperator>> = {
  ...ARRAY_OPERATORS,
  ...CONTROL_OPERATORS,
  ...NUMBER_OPERATORS,
  ...TEXT_OPERATORS,
  ...TYPE_OPERATORS,
};

const NO_NAMES: readonly string[] = [];

/** Compiles an aggregation expression. Throws for unknown operators and variables, before anything is read. */
export function compileExpression(part: Value, names: readonly string[] = NO_NAMES): Expression {
  if (typeof part === 'string') return part.startsWith('$') ? compilePath(part, names) : () => part;
  if (isArray(part)) return compileArray(part, names);
  if (!isDocument(part)) return () => part;
  const [first] = part.keys();
  return first?.startsWith('$') ? compileOperator(part, names) : compileDocument(part, names);
}

function compileArray(parts: Value[], names: readonly string[]): Expression {
  const elements = parts.map((part) => compileExpression(part, names));
  return (scope) => elements.map((element) => element(scope) ?? null);
}

function compileDocument(parts: Document, names: readonly string[]): Expression {
  const fields = [...parts].map(([name, part]) => {
    if (name.includes('.'))
      throw new CommandError(16405, `dotted field name '${name}' in an object expression`);
    return [name, compileExpression(part, names)] as const;
  });
  return (scope) => {
    const document: Document = new Map();
    for (const [name, evaluate] of fields) {
      const value = evaluate(scope);
      if (value !== undefined) document.set(name, value);
    }
    return document;
  };
}

function compileOperator(call: Document, names: readonly string[]): Expression {
  const [[name, argument] = ['', null]] = call;
  if (call.size > 1)
    throw new CommandError(15983, `an expression must have exactly one operator, not ${name} and more`);
  const operator = EXPRESSION_OPERATORS[name];
  if (operator)
    return operator(argument, (part, more = NO_NAMES) => compileExpression(part, [...names, ...more]), name);
  if (REFUSED_EXPRESSIONS.has(name)) throw notImplemented(name);
  throw new CommandError(168, `Unrecognized expression '${name}'`);
}

/** `$field.path`, `$$variable.path` and the variables that MongoDB gives. */
function compilePath(text: string, names: readonly string[]): Expression {
  const parts = text.replace(/^\$\$?/, '').split('.');
  if (parts.includes('')) throw new CommandError(40353, `'${text}' is not a valid field path`);
  if (!text.startsWith('$$')) return ({ root }) => followPath(root, parts, 0);
  const [variable = '', ...path] = parts;
  if (variable === 'ROOT' || variable === 'CURRENT') return ({ root }) => followPath(root, path, 0);
  if (variable === 'REMOVE') return () => undefined;
  if (variable === 'NOW' || variable === 'CLUSTER_TIME') throw notImplemented(`$$${variable}`);
  if (!names.includes(variable)) throw new CommandError(17276, `Use of undefined variable: ${variable}`);
  return ({ variables }) => followPath(variables.get(variable), path, 0);
}

/** Goes through documents; in an array, through each document in it. Numbers are no array places here. */
function followPath(value: Maybe, path: readonly string[], at: number): Maybe {
  const part = path[at];
  if (part === undefined) return value;
  if (isDocument(value)) return followPath(value.get(part), path, at + 1);
  if (!isArray(value)) return undefined;
  const found = value.map((element) => (isDocument(element) ? followPath(element, path, at) : undefined));
  return found.filter((element) => element !== undefined);
}
