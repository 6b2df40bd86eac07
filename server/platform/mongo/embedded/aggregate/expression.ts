import type { Document, Maybe, Value } from '../bson/value.ts';

/** What an expression is evaluated against. */
export interface Scope {
  root: Document;
  variables: ReadonlyMap<string, Maybe>;
}

/** A compiled expression; undefined stands for a missing value. */
export type Expression = (scope: Scope) => Maybe;

/** Compiles a part of an expression; `names` are variables that it may use besides those around it. */
export type CompilePart = (part: Value, names?: readonly string[]) => Expression;

/** One operator: checks its argument and compiles it. */
export type ExpressionOperator = (argument: Value, compile: CompilePart, name: string) => Expression;
