import { compileProjection } from '../aggregate/projection.ts';
import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, isTruthy, toNumber } from '../bson/value.ts';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import { compileElementTest } from './compile-filter.ts';

/** `index` is the array element that the filter matched, for the positional `$`. */
export type FindProjection = (document: Document, index: number | undefined) => Document;

/** The projection of a find: what `$project` can, and `$slice`, `$elemMatch` and the positional `$`; none when empty. */
export function compileFindProjection(spec: Document): FindProjection | undefined {
  if (spec.size === 0) return undefined;
  const choices = [...spec].flatMap(([name, value]) => choiceOf(name, value) ?? []);
  const project = compilePlainPart(spec, choices);
  return (document, index) => {
    const copy = new Map(document);
    for (const { field, choose } of choices) {
      const value = copy.get(field);
      const chosen = value === undefined ? undefined : choose(value, index);
      if (chosen === undefined) copy.delete(field);
      else copy.set(field, chosen);
    }
    return project(copy);
  };
}

/** What remains when each array projection has become the field that it shows. */
function compilePlainPart(spec: Document, choices: readonly Choice[]): (document: Document) => Document {
  const chosen = new Map(choices.map((choice) => [choice.entry, choice]));
  const others = [...spec].filter(([name]) => !chosen.has(name));
  if (choices.length === 0) return compileProjection(spec);
  // `$slice` alone leaves the other fields as they are.
  const isSliceOnly = choices.every(({ isSlice }) => isSlice) && others.every(([name]) => name === '_id');
  if (isSliceOnly && others.some(([, value]) => isTruthy(value)))
    throw notImplemented('$slice together with _id: 1');
  if (isSliceOnly) return others.length > 0 ? compileProjection(new Map(others)) : (document) => document;
  const isExclusion = others.some(([name, value]) => name !== '_id' && !isTruthy(value));
  const shown = choices.filter(({ isSlice }) => !(isSlice && isExclusion));
  return compileProjection(
    new Map<string, Value>([...others, ...shown.map(({ field }) => [field, true] as const)]),
  );
}

/** An array projection of one top-level field. */
interface Choice {
  entry: string;
  field: string;
  isSlice: boolean;
  choose: (value: Value, index: number | undefined) => Maybe;
}

function choiceOf(entry: string, value: Value): Choice | undefined {
  const choice = parseChoice(entry, value);
  if (choice?.field.includes('.'))
    throw notImplemented(`an array projection of the nested field ${choice.field}`);
  return choice;
}

function parseChoice(entry: string, value: Value): Choice | undefined {
  if (entry.endsWith('.$')) return { entry, field: entry.slice(0, -2), isSlice: false, choose: positional };
  const slice = isDocument(value) ? value.get('$slice') : undefined;
  if (slice !== undefined) return { entry, field: entry, isSlice: true, choose: slicing(slice) };
  const condition = isDocument(value) ? value.get('$elemMatch') : undefined;
  if (condition === undefined) return undefined;
  if (!isDocument(condition)) throw badValue('elemMatch: Invalid argument, object required');
  return { entry, field: entry, isSlice: false, choose: firstMatch(condition) };
}

/** `$elemMatch` shows arrays only. */
function firstMatch(condition: Document): Choice['choose'] {
  const matches = compileElementTest(condition);
  return (value) => {
    const found = isArray(value) ? value.find(matches) : undefined;
    return found === undefined ? undefined : [found];
  };
}

function positional(value: Value, index: number | undefined): Maybe {
  if (!isArray(value)) return value;
  const element = index === undefined ? undefined : value[index];
  if (element !== undefined) return [element];
  throw new CommandError(51246, "positional operator '.$' couldn't find a matching element in the array");
}

function slicing(argument: Value): Choice['choose'] {
  const [skip, count] = isArray(argument) ? argument.map(toNumber) : [undefined, toNumber(argument)];
  if (count === undefined) throw badValue('$slice needs one or two numbers');
  if (isArray(argument) && count <= 0) throw badValue('The limit of $slice must be positive');
  return (value) => {
    if (!isArray(value)) return value;
    if (skip === undefined) return count < 0 ? value.slice(count) : value.slice(0, count);
    const start = skip < 0 ? Math.max(value.length + skip, 0) : skip;
    return value.slice(start, start + count);
  };
}
