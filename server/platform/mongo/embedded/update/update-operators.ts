import { Decimal128, Double, Int32 } from 'bson';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import { parseSort } from '../indexes/index-spec.ts';
import { compileFilter, isEqual, noSearch } from '../query/compile-filter.ts';
import { sortBy } from '../query/find-matches.ts';
import { add, multiply } from '../values/numbers.ts';
import { descending, distinctValues, orderKey, sortByKey } from '../values/order-key.ts';
import type { Document, Maybe, Numeric, Value } from '../values/value.ts';
import { isArray, isDocument, isNumeric, isOperatorDocument, toNumber, typeName } from '../values/value.ts';
import { UpdateTarget } from './update-target.ts';

/** Does one operator's work at one place; an upsert that found nothing to change inserts. */
export type ApplyUpdate = (target: UpdateTarget, isInsert: boolean) => void;

/** Every update operator: checks its argument for one path, and gives what is to be done there. */
export const UPDATE_OPERATORS: Readonly<Record<string, (argument: Value, path: string) => ApplyUpdate>> = {
  $set: (value) => (target) => target.set(value),
  $setOnInsert: (value) => (target, isInsert) => {
    if (isInsert) target.set(value);
  },
  $unset: () => (target) => target.unset(),
  $inc: (argument) => calculate(argument, add, (amount) => amount),
  $mul: (argument) => calculate(argument, multiply, (factor) => multiply(factor, new Int32(0))),
  $min: (value) => replaceWhen(value, (current) => orderKey(value) < orderKey(current)),
  $max: (value) => replaceWhen(value, (current) => orderKey(value) > orderKey(current)),
  $rename: (to, path) => {
    if (typeof to !== 'string' || to === path) throw badValue(`$rename needs another name for ${path}`);
    return (target) => rename(target, new UpdateTarget(target.document, to.split('.')));
  },
  $push: (argument) => {
    const values = eachOrOne(argument, PUSH_MODIFIERS);
    const rearrange = compileModifiers(
      isDocument(argument) && argument.has('$each') ? argument : new Map<string, Value>(),
    );
    return (target) => target.set(rearrange(target.getArray() ?? [], values));
  },
  $addToSet: (argument) => {
    const values = eachOrOne(argument, ['$each']);
    return (target) => {
      const current = target.getArray() ?? [];
      const added = distinctValues(values);
      for (const value of current) added.delete(orderKey(value));
      target.set([...current, ...added.values()]);
    };
  },
  $pull: (condition) => {
    const isPulled = pullTest(condition);
    return keepElements((element) => !isPulled(element));
  },
  $pullAll: (argument) => {
    if (!isArray(argument)) throw badValue('$pullAll requires an array argument');
    const keys = new Set(argument.map(orderKey));
    return keepElements((element) => !keys.has(orderKey(element)));
  },
  $pop: (argument) => {
    const end = toNumber(argument);
    if (end !== 1 && end !== -1) throw badValue('$pop expects 1 or -1');
    return (target) => {
      const current = target.getArray();
      if (current) target.set(end === 1 ? current.slice(0, -1) : current.slice(1));
    };
  },
};

function calculate(
  operand: Value,
  operation: typeof add,
  ofMissing: (operand: Numeric) => Numeric,
): ApplyUpdate {
  if (!isNumeric(operand)) throw new CommandError(14, 'a number is needed as an argument');
  const whenMissing = ofMissing(operand);
  return (target) => {
    const current = target.get();
    if (current === undefined) return target.set(whenMissing);
    if (!isNumeric(current))
      throw new CommandError(14, `Cannot calculate with a value of non-numeric type ${typeName(current)}`);
    target.set(operation(current, notMixed(operand, current)));
  };
}

function notMixed(operand: Numeric, current: Numeric): Numeric {
  const hasType = (type: typeof Double | typeof Decimal128): boolean =>
    operand instanceof type || current instanceof type;
  if (hasType(Double) && hasType(Decimal128)) throw notImplemented('arithmetic of a double and a Decimal128');
  return operand;
}

function replaceWhen(value: Value, isWanted: (current: Value) => boolean): ApplyUpdate {
  return (target) => {
    const current = target.get();
    if (current === undefined || isWanted(current)) target.set(value);
  };
}

function rename(from: UpdateTarget, to: UpdateTarget): void {
  const value = from.get();
  if (value === undefined) return;
  if (from.crossesArray || to.crossesArray)
    throw badValue(`'${from.name}' or '${to.name}' cannot be an array element`);
  from.unset();
  to.set(value);
}

export const PUSH_MODIFIERS = ['$each', '$position', '$sort', '$slice'];

/** The values of `{ $each: […] }`, or one value. */
function eachOrOne(argument: Value, modifiers: readonly string[]): Value[] {
  if (!isDocument(argument) || !argument.has('$each')) return [argument];
  const each = argument.get('$each');
  if (!isArray(each)) throw badValue('The argument to $each must be an array');
  const unknown = [...argument.keys()].find((name) => !modifiers.includes(name));
  if (unknown !== undefined) throw badValue(`Unrecognized clause beside $each: ${unknown}`);
  return each;
}

/** `$position`, `$sort` and `$slice` of `$push`, which are done in this order. */
function compileModifiers(modifiers: Document): (current: Value[], each: Value[]) => Value[] {
  const position = wholeNumber(modifiers, '$position') ?? Infinity;
  const size = wholeNumber(modifiers, '$slice');
  const sort = compileSort(modifiers.get('$sort'));
  return (current, each) => {
    const at = position < 0 ? Math.max(current.length + position, 0) : position;
    const all = sort([...current.slice(0, at), ...each, ...current.slice(at)]);
    if (size === undefined) return all;
    // A negative size keeps the end of the array.
    return size < 0 ? all.slice(size) : all.slice(0, size);
  };
}

function wholeNumber(modifiers: Document, name: string): number | undefined {
  const value = modifiers.get(name);
  const number = toNumber(value);
  if (value !== undefined && !Number.isInteger(number))
    throw badValue(`The value for ${name} must be an integer`);
  return number;
}

/** `1` and `-1` sort by whole elements, a document sorts by fields of elements. */
function compileSort(order: Maybe): (values: Value[]) => Value[] {
  if (order === undefined) return (values) => values;
  if (isDocument(order)) {
    const fields = parseSort(order);
    const nothing: Document = new Map();
    return (values) => sortBy(values, fields, (value) => (isDocument(value) ? value : nothing));
  }
  const direction = toNumber(order);
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
  const turn = direction === 1 ? (key: string): string => key : descending;
  return (values) => sortByKey(values, (value) => turn(orderKey(value)));
}

/**
 * `$pull` takes a value, a filter for elements that are documents, or a condition. To a condition, an element
 * is the value of a field, so that it looks into an element that is an array.
 */
function pullTest(condition: Value): (element: Value) => boolean {
  const isCondition = isOperatorDocument(condition);
  if (!isDocument(condition)) return isEqual(noSearch(condition));
  const matches = compileFilter(isCondition ? new Map([['', condition]]) : condition);
  if (isCondition) return (element) => matches(new Map([['', element]]), {});
  return (element) => isDocument(element) && matches(element, {});
}

function keepElements(isKept: (element: Value) => boolean): ApplyUpdate {
  return (target) => {
    const current = target.getArray();
    if (current) target.set(current.filter(isKept));
  };
}
