import { compileProjection } from '../aggregate/projection.ts';
import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, isNumeric, isTruthy, toNumber } from '../bson/value.ts';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import type { ValueTest } from './field-operators.ts';
import { elementTest } from './field-operators.ts';

/** `index` is the array element that the filter matched, for the positional `$`. */
export type FindProjection = (document: Document, index: number | undefined) => Document;

type ChooseElements = (array: Value[], index: number | undefined) => Maybe;

/** The projection of a find: what `$project` can, and `$slice`, `$elemMatch` and the positional `$`. */
export function compileFindProjection(spec: Document, _filter: Document): FindProjection {
  if (spec.size === 0) return (document) => document;
  const choices = new Map<string, ChooseElements>();
  const plain: Document = new Map();
  let onlySlices = true;
  for (const [name, value] of spec) {
    const choice = choiceOf(name, value);
    if (!choice) plain.set(name, value);
    else choices.set(choice.field, choice.choose);
    if (choice?.includes) plain.set(choice.field, true);
    if (choice ? choice.includes : name !== '_id') onlySlices = false;
  }
  if ([...choices.keys()].some((name) => name.includes('.')))
    throw notImplemented('an array projection below another field');
  // `$slice` and `_id` alone leave the other fields as they are.
  const isExclusion = onlySlices && !isTruthy(plain.get('_id') ?? true);
  const projection = onlySlices && !isExclusion ? undefined : compileProjection(plain);
  const keepsSliced = projection?.kind === 'include' ? withSliced(projection, plain, choices) : projection;
  return (document, index) => {
    const chosen = new Map([...document].flatMap(([name, value]) => chooseIn(name, value, choices, index)));
    return keepsSliced ? keepsSliced.apply(chosen) : chosen;
  };
}

interface Choice {
  field: string;
  choose: ChooseElements;
  /** True when only the fields that were asked for remain. */
  includes: boolean;
}

function choiceOf(name: string, value: Value): Choice | undefined {
  if (name.endsWith('.$') && isTruthy(value))
    return { field: name.slice(0, -2), choose: positional, includes: true };
  if (!isDocument(value)) return undefined;
  const slice = value.get('$slice');
  if (slice !== undefined) return { field: name, choose: slicing(slice), includes: false };
  const condition = value.get('$elemMatch');
  if (condition === undefined) return undefined;
  if (!isDocument(condition)) throw badValue('elemMatch: Invalid argument, object required');
  return { field: name, choose: firstMatch(elementTest(condition)), includes: true };
}

function withSliced(
  projection: ReturnType<typeof compileProjection>,
  plain: Document,
  choices: ReadonlyMap<string, ChooseElements>,
): ReturnType<typeof compileProjection> {
  const missing = [...choices.keys()].filter((name) => !plain.has(name));
  if (missing.length === 0) return projection;
  return compileProjection(
    new Map<string, Value>([...plain, ...missing.map((name) => [name, true] as const)]),
  );
}

function chooseIn(
  name: string,
  value: Value,
  choices: ReadonlyMap<string, ChooseElements>,
  index: number | undefined,
): [string, Value][] {
  const choose = choices.get(name);
  if (!choose) return [[name, value]];
  if (isArray(value)) {
    const chosen = choose(value, index);
    return chosen === undefined ? [] : [[name, chosen]];
  }
  // `$elemMatch` shows arrays only; the others leave a value that is no array as it is.
  return choose.name === ELEM_MATCH ? [] : [[name, value]];
}

const ELEM_MATCH = 'elemMatch';

function firstMatch(test: ValueTest): ChooseElements {
  return {
    [ELEM_MATCH]: (array: Value[]): Maybe => {
      const found = array.find(test);
      return found === undefined ? undefined : [found];
    },
  }[ELEM_MATCH] as ChooseElements;
}

function positional(array: Value[], index: number | undefined): Maybe {
  const element = index === undefined ? undefined : array[index];
  if (element === undefined) throw new CommandError(51246, "Executor error: the positional operator '.$' couldn't find a matching element in the array"); // prettier-ignore
  return [element];
}

function slicing(argument: Value): ChooseElements {
  const [skip, count] = isArray(argument) ? argument.map(toNumber) : [undefined, toNumber(argument)];
  if (count === undefined || (!isArray(argument) && !isNumeric(argument)))
    throw badValue('$slice needs numbers');
  if (isArray(argument) && count <= 0) throw badValue('The limit of $slice must be positive');
  return (array) => {
    if (skip === undefined) return count < 0 ? array.slice(count) : array.slice(0, count);
    const start = skip < 0 ? Math.max(array.length + skip, 0) : skip;
    return array.slice(start, start + count);
  };
}
