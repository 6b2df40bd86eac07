import { BSONRegExp, Decimal128, Double, Int32 } from 'bson';
import { add, multiply } from '../bson/arithmetic.ts';
import { orderKey } from '../bson/order-key.ts';
import type { Numeric, Value } from '../bson/value.ts';
import { isArray, isDocument, isNumeric, toNumber, typeName } from '../bson/value.ts';
import { CommandError, badValue, failedToParse, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { isOperatorDocument } from '../query/filter.ts';
import { isEqual } from '../query/value-tests.ts';
import { compilePush } from './compile-push.ts';
import type { ApplyUpdate } from './apply-update.ts';
import { UpdateTarget } from './update-target.ts';

/** Every update operator: checks its argument for one path, and gives what is to be done there. */
export const UPDATE_OPERATORS: Readonly<Record<string, (argument: Value, path: string) => ApplyUpdate>> = {
  $set: (value) => (target) => target.set(value),
  $setOnInsert:
    (value) =>
    (target, { isInsert }) => {
      if (isInsert) target.set(value);
    },
  $unset: () => (target) => target.unset(),
  $inc: (argument) => {
    const amount = numberArgument(argument, 'Cannot increment with non-numeric argument');
    return (target) => target.set(combine(target, amount, amount, add, '$inc'));
  },
  $mul: (argument) => {
    const factor = numberArgument(argument, 'Cannot multiply with non-numeric argument');
    const zero = multiply(factor, new Int32(0));
    return (target) => target.set(combine(target, factor, zero, multiply, '$mul'));
  },
  $min: (value) => (target) => setWhen(target, value, (current) => orderKey(value) < orderKey(current)),
  $max: (value) => (target) => setWhen(target, value, (current) => orderKey(value) > orderKey(current)),
  $rename: (to, path) => {
    const newPath = renameArgument(to, path);
    return (target) => rename(target, newPath);
  },
  $currentDate: (argument) => {
    if (isDocument(argument) ? argument.get('$type') !== 'date' : argument !== true) {
      throw notImplemented('$currentDate other than true or { $type: "date" }');
    }
    return (target, { now }) => target.set(now);
  },
  $push: compilePush,
  $addToSet: (argument) => {
    const values = eachOrOne(argument);
    return (target) => addToSet(target, values);
  },
  $pull: (condition) => {
    const isPulled = pullTest(condition);
    return (target) => keepElements(target, '$pull', (element) => !isPulled(element));
  },
  $pullAll: (argument) => {
    if (!isArray(argument)) throw badValue('$pullAll requires an array argument');
    const keys = new Set(argument.map(orderKey));
    return (target) => keepElements(target, '$pullAll', (element) => !keys.has(orderKey(element)));
  },
  $pop: (argument) => {
    const end = toNumber(argument);
    if (end !== 1 && end !== -1) throw failedToParse('$pop expects 1 or -1');
    return (target) => pop(target, end);
  },
};

function numberArgument(argument: Value, complaint: string): Numeric {
  if (!isNumeric(argument)) throw new CommandError(14, complaint);
  return argument;
}

function combine(
  target: UpdateTarget,
  operand: Numeric,
  whenMissing: Numeric,
  operation: typeof add,
  name: string,
): Numeric {
  const current = target.getOrThrow();
  if (current === undefined) return whenMissing;
  if (!isNumeric(current)) {
    throw new CommandError(14, `Cannot apply ${name} to a value of non-numeric type ${typeName(current)}`);
  }
  const types = [current, operand];
  if (types.some((value) => value instanceof Decimal128) && types.some((value) => value instanceof Double)) {
    throw notImplemented(`${name} of a double and a Decimal128`);
  }
  return operation(current, operand);
}

function setWhen(target: UpdateTarget, value: Value, isWanted: (current: Value) => boolean): void {
  const current = target.getOrThrow();
  if (current === undefined || isWanted(current)) target.set(value);
}

function renameArgument(to: Value, from: string): string[] {
  if (typeof to !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${from}`);
  if (to === from) throw badValue(`The source and target field for $rename must differ: ${from}`);
  return to.split('.');
}

function rename(target: UpdateTarget, newPath: readonly string[]): void {
  const to = new UpdateTarget(target.document, newPath);
  const value = target.getOrThrow();
  if (value === undefined) return;
  if (target.crossesArray) throw badValue(`The source field cannot be an array element, '${target.name}'`);
  if (to.crossesArray) throw badValue(`The destination field cannot be an array element, '${to.name}'`);
  target.unset();
  to.set(value);
}

/** `{ $each: […] }` or one value, for `$addToSet`. */
function eachOrOne(argument: Value): Value[] {
  if (!isDocument(argument) || !argument.has('$each')) return [argument];
  const each = argument.get('$each');
  if (!isArray(each) || argument.size > 1)
    throw new CommandError(14, 'The argument to $each must be an array');
  return each;
}

function addToSet(target: UpdateTarget, values: readonly Value[]): void {
  const found = target.getOrThrow();
  const current = found === undefined ? [] : found;
  if (!isArray(current)) throw badValue(`Cannot apply $addToSet to non-array field '${target.name}'`);
  const keys = new Set(current.map(orderKey));
  const added = values.filter((value) => {
    const isNew = !keys.has(orderKey(value));
    keys.add(orderKey(value));
    return isNew;
  });
  target.set([...current, ...added]);
}

/**
 * `$pull` takes a value, a filter for elements that are documents, or a condition. To a condition, an element
 * is the value of a field, so that it looks into an element that is an array.
 */
function pullTest(condition: Value): (element: Value) => boolean {
  const isCondition = condition instanceof BSONRegExp || isOperatorDocument(condition);
  if (!isCondition && !isDocument(condition)) return isEqual(condition);
  const matches = compileFilter(isCondition ? new Map([['', condition]]) : condition);
  if (isCondition) return (element) => matches(new Map([['', element]]), {});
  return (element) => isDocument(element) && matches(element, {});
}

function keepElements(target: UpdateTarget, name: string, isKept: (element: Value) => boolean): void {
  const current = target.getOrThrow();
  if (current === undefined) return;
  if (!isArray(current)) throw badValue(`Cannot apply ${name} to a non-array value`);
  target.set(current.filter(isKept));
}

function pop(target: UpdateTarget, end: 1 | -1): void {
  const current = target.getOrThrow();
  if (current === undefined) return;
  if (!isArray(current))
    throw new CommandError(14, `Path '${target.name}' contains an element of non-array type`);
  target.set(end === 1 ? current.slice(0, -1) : current.slice(1));
}
