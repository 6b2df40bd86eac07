import type { Document, Maybe, Value } from '../bson/value.ts';

/** A compiled expression: its value for a document, undefined when it is missing. */
export type Expression = (root: Document) => Maybe;

/** One operator: checks its argument and compiles it, with `compile` for the expressions inside. */
export type ExpressionOperator = (
  argument: Value,
  compile: (part: Value) => Expression,
  name: string,
) => Expression;
