import type { Document, Maybe } from '../bson/value.ts';

/** What a match leaves behind: the array index that an update's `$` stands for. */
export interface MatchDetails {
  index?: number | undefined;
}

/** Whether a document matches. */
export type Filter = (document: Document, details: MatchDetails) => boolean;

/** Tests one value; undefined stands for a missing field. */
export type ValueTest = (value: Maybe) => boolean;

/** One operator with its argument: puts its question to a path of a document, or to one value alone. */
export interface FieldTest {
  atPath: (document: Document, path: readonly string[], details: MatchDetails) => boolean;
  ofValue: ValueTest;
}

/** Filters contain filters (`$elemMatch`, `$not`): operators get their way back to the compiler as an argument. */
export interface FilterCompiler {
  filter: (filter: Document) => Filter;
  operators: (operators: Document) => FieldTest[];
}

/** True for `{ $operator: … }`, false for a plain value to be equal to. */
export function isOperatorDocument(value: Maybe): value is Document {
  if (!(value instanceof Map)) return false;
  const [first] = value.keys();
  return first !== undefined && first.startsWith('$') && !DATABASE_REFERENCE.has(first);
}

const DATABASE_REFERENCE = new Set(['$ref', '$id', '$db']);
