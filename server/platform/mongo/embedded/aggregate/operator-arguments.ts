import type { Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Expression, ExpressionOperator } from './expression.ts';

/** An operator on evaluated arguments: one, or a list of `least` to `most`. */
export function onValues(
  least: number,
  most: number,
  compute: (values: Maybe[], name: string) => Maybe,
): ExpressionOperator {
  return (argument, compile, name) => {
    const parts = compileArguments(argument, compile, name, least, most);
    return (root) => compute(parts.map((part) => part(root)), name); // prettier-ignore
  };
}

/** The arguments of an operator. Throws CommandError 16020 when their number is wrong. */
export function compileArguments(
  argument: Value,
  compile: Parameters<ExpressionOperator>[1],
  name: string,
  least: number,
  most: number,
): Expression[] {
  const parts = isArray(argument) ? argument : [argument];
  if (parts.length < least || parts.length > most) {
    throw new CommandError(
      16020,
      `Expression ${name} takes ${least} to ${most} arguments. ${parts.length} were passed in.`,
    );
  }
  return parts.map((part) => compile(part));
}

/** The named parts of an operator's document. Throws when one is missing or unknown. */
export function namedParts(
  argument: Value,
  name: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Map<string, Value> {
  if (!isDocument(argument)) throw new CommandError(28667, `${name} needs an object as its argument`);
  const missing = required.find((part) => !argument.has(part));
  if (missing !== undefined) throw new CommandError(16879, `Missing '${missing}' parameter to ${name}`);
  const unknown = [...argument.keys()].find((part) => !required.includes(part) && !optional.includes(part));
  if (unknown !== undefined) throw new CommandError(16879, `Unrecognized parameter to ${name}: ${unknown}`);
  return argument;
}
