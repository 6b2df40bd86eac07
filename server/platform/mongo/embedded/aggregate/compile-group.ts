import { orderKey } from '../bson/order-key.ts';
import type { Document, Maybe, Value } from '../bson/value.ts';
import { isDocument } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import type { Accumulator } from './accumulators.ts';
import { ACCUMULATORS } from './accumulators.ts';
import { compileExpression } from './compile-expression.ts';
import type { Expression } from './expression.ts';
import { REFUSED_ACCUMULATORS } from './refused-names.ts';
import type { Stage } from './stage.ts';

interface Output {
  name: string;
  create: () => Accumulator;
  evaluate: Expression;
}

interface Group {
  id: Value;
  accumulators: Accumulator[];
}

/** `$group`: documents with equal `_id` expressions together; the first one's `_id` stands for all. */
export function compileGroup(spec: Value): Stage {
  if (!isDocument(spec)) throw new CommandError(15947, "a group's fields must be specified in an object");
  const id = spec.get('_id');
  if (id === undefined) throw new CommandError(15955, 'a group specification must include an _id');
  const evaluateId = compileExpression(id);
  const outputs = [...spec]
    .filter(([name]) => name !== '_id')
    .map(([name, part]) => compileOutput(name, part));
  return function* (documents) {
    const groups = new Map<string, Group>();
    for (const root of documents) addTo(groups, root, evaluateId, outputs);
    for (const group of groups.values()) yield documentOf(group, outputs);
  };
}

function compileOutput(name: string, part: Value): Output {
  if (!isDocument(part) || part.size !== 1) {
    throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
  }
  if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
  const [[accumulator, argument] = ['', null]] = part;
  const create = ACCUMULATORS[accumulator];
  if (create) return { name, create, evaluate: compileExpression(argument) };
  if (REFUSED_ACCUMULATORS.has(accumulator)) throw notImplemented(accumulator);
  throw new CommandError(15952, `unknown group operator '${accumulator}'`);
}

function addTo(
  groups: Map<string, Group>,
  root: Document,
  evaluateId: Expression,
  outputs: readonly Output[],
): void {
  const id: Maybe = evaluateId(root);
  const key = orderKey(id);
  let group = groups.get(key);
  if (!group) {
    group = { id: id ?? null, accumulators: outputs.map(({ create }) => create()) };
    groups.set(key, group);
  }
  group.accumulators.forEach((accumulator, i) => accumulator.add(outputs[i]?.evaluate(root)));
}

function documentOf({ id, accumulators }: Group, outputs: readonly Output[]): Document {
  const document: Document = new Map([['_id', id]]);
  accumulators.forEach((accumulator, i) =>
    document.set(outputs[i]?.name ?? '', accumulator.result() ?? null),
  );
  return document;
}
