import { CommandError, badValue, notImplemented } from '../errors.ts';
import { REFUSED_ACCUMULATORS } from '../refused-names.ts';
import { NumericSum } from '../values/numbers.ts';
import { orderKey } from '../values/order-key.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isDocument, isNullish, isNumeric } from '../values/value.ts';
import type { Expression } from './expressions.ts';
import { compileExpression } from './expressions.ts';

/** Collects the values of one group; `result` may be asked once, at the end. */
interface Accumulator {
  add: (value: Maybe) => void;
  result: () => Maybe;
}

/** Every accumulator of `$group`. */
export const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: () => numeric((sum) => sum.total()),
  $avg: () => numeric((sum) => sum.average()),
  $min: () => extreme((a, b) => a < b),
  $max: () => extreme((a, b) => a > b),
  $first: () => {
    let first: { value: Maybe } | undefined;
    return { add: (value) => (first ??= { value }), result: () => first?.value };
  },
  $last: () => {
    let last: Maybe;
    return { add: (value) => (last = value), result: () => last };
  },
  $push: () => {
    const values: Value[] = [];
    return { add: (value) => value !== undefined && values.push(value), result: () => values };
  },
};

function numeric(result: (sum: NumericSum) => Maybe): Accumulator {
  const sum = new NumericSum();
  return { add: (value) => isNumeric(value) && sum.add(value), result: () => result(sum) };
}

function extreme(isBetter: (a: string, b: string) => boolean): Accumulator {
  let best: { value: Value; key: string } | undefined;
  return {
    add: (value) => {
      if (isNullish(value)) return;
      const key = orderKey(value);
      if (!best || isBetter(key, best.key)) best = { value, key };
    },
    result: () => best?.value,
  };
}

interface Output {
  name: string;
  create: () => Accumulator;
  evaluate: Expression;
}

/** `$group`: documents with equal `_id` expressions together; the first one's `_id` stands for all. */
export function compileGroup(spec: Document): (documents: Iterable<Document>) => Iterable<Document> {
  const id = spec.get('_id');
  if (id === undefined) throw new CommandError(15955, 'a group specification must include an _id');
  const evaluateId = compileExpression(id);
  const parts = [...spec].filter(([name]) => name !== '_id');
  const outputs = parts.map(([name, part]) => compileOutput(name, part));
  return function* (documents) {
    const groups = new Map<string, { id: Value; accumulators: Accumulator[] }>();
    for (const root of documents) {
      const groupId = evaluateId(root);
      const key = orderKey(groupId);
      const group = groups.get(key) ?? {
        id: groupId ?? null,
        accumulators: outputs.map((output) => output.create()),
      };
      groups.set(key, group);
      outputs.forEach(({ evaluate }, i) => group.accumulators[i]?.add(evaluate(root)));
    }
    for (const group of groups.values()) {
      const results = outputs.map(({ name }, i): [string, Value] => [
        name,
        group.accumulators[i]?.result() ?? null,
      ]);
      yield new Map<string, Value>([['_id', group.id], ...results]);
    }
  };
}

function compileOutput(name: string, part: Value): Output {
  if (!isDocument(part) || part.size !== 1)
    throw badValue(`The field '${name}' must specify one accumulator`);
  if (name.includes('.')) throw badValue(`The field name '${name}' cannot contain '.'`);
  const [[accumulator, argument] = ['', null]] = part;
  const create = ACCUMULATORS[accumulator];
  if (create) return { name, create, evaluate: compileExpression(argument) };
  if (REFUSED_ACCUMULATORS.has(accumulator)) throw notImplemented(accumulator);
  throw new CommandError(15952, `unknown group operator '${accumulator}'`);
}
