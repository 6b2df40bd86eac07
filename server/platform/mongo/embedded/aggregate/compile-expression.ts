import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import { CONTROL_OPERATORS } from './control-operators.ts';
import type { Expression, ExpressionOperator } from './expression.ts';
import { REFUSED_EXPRESSIONS } from './refused-names.ts';
import { VALUE_OPERATORS } from './value-operators.ts';

/** Every operator of an expression. */
export const EXPRESSION_OPERATORS: Readonly<Record<string, ExpressionOperator>> = {
  ...CONTROL_OPERATORS,
  ...VALUE_OPERATORS,
};

/** Compiles an aggregation expression. Throws for unknown operators and variables, before anything is read. */
export function compileExpression(part: Value): Expression {
  if (typeof part === 'string') return part.startsWith('$') ? compilePath(part) : () => part;
  if (isArray(part)) return compileArray(part);
  if (!isDocument(part)) return () => part;
  const [first] = part.keys();
  return first?.startsWith('$') ? compileOperator(part) : compileDocument(part);
}

function compileArray(parts: Value[]): Expression {
  const elements = parts.map((part) => compileExpression(part));
  return (root) => elements.map((element) => element(root) ?? null);
}

function compileDocument(parts: Document): Expression {
  const fields = [...parts].map(([name, part]) => {
    if (name.includes('.'))
      throw new CommandError(16405, `dotted field name '${name}' in an object expression`);
    return [name, compileExpression(part)] as const;
  });
  return (root) => {
    const document: Document = new Map();
    for (const [name, evaluate] of fields) {
      const value = evaluate(root);
      if (value !== undefined) document.set(name, value);
    }
    return document;
  };
}

function compileOperator(call: Document): Expression {
  const [[name, argument] = ['', null]] = call;
  if (call.size > 1)
    throw new CommandError(15983, `an expression must have exactly one operator, not ${name} and more`);
  const operator = EXPRESSION_OPERATORS[name];
  if (operator) return operator(argument, compileExpression, name);
  if (REFUSED_EXPRESSIONS.has(name)) throw notImplemented(name);
  throw new CommandError(168, `Unrecognized expression '${name}'`);
}

/** `$field.path`, and the variables that MongoDB gives. */
function compilePath(text: string): Expression {
  const parts = text.replace(/^\$\$?/, '').split('.');
  if (parts.includes('')) throw new CommandError(40353, `'${text}' is not a valid field path`);
  if (!text.startsWith('$$')) return (root) => followPath(root, parts, 0);
  const [variable = '', ...path] = parts;
  if (variable === 'ROOT' || variable === 'CURRENT') return (root) => followPath(root, path, 0);
  if (variable === 'REMOVE') return () => undefined;
  if (variable === 'NOW' || variable === 'CLUSTER_TIME') throw notImplemented(`$$${variable}`);
  throw new CommandError(17276, `Use of undefined variable: ${variable}`);
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
