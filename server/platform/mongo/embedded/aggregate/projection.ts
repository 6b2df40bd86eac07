import { badValue, notImplemented } from '../errors.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isDocument, isNumeric, isTruthy } from '../values/value.ts';
import type { Expression } from './expressions.ts';
import { compileExpression } from './expressions.ts';

/** One level of a projection, in the order in which it was asked: keep or drop a field, compute it, go into it. */
type Node = Map<string, Rule>;
type Rule = boolean | Expression | Map<string, Rule>;

/** `{ a: 1 }` keeps, `{ a: 0 }` drops, `"keep all"` only adds and replaces computed fields. */
type Kind = 'include' | 'exclude' | 'keep all';

export type Projection = (document: Document) => Document;

/** Compiles the argument of `$project`, of a find's projection, or (with "keep all") of `$addFields`. */
export function compileProjection(spec: Document, forcedKind?: 'keep all'): Projection {
  if (spec.size === 0) throw badValue('a projection must have at least one field');
  const root: Node = new Map();
  for (const [name, value] of spec) addEntry(root, name.split('.'), value, forcedKind);
  const kind = forcedKind ?? kindOf(root);
  // `_id` stays unless it is excluded, whatever becomes of the others.
  if (kind === 'include' && !root.has('_id')) root.set('_id', true);
  if (kind !== 'keep all' && root.get('_id') === (kind === 'exclude')) root.delete('_id');
  return (document) => addComputed(root, keepFields(root, kind, document), document);
}

function kindOf(root: Node): Kind {
  const others = [...root].flatMap(([name, rule]) => (name === '_id' && !isNode(rule) ? [] : leavesOf(rule)));
  const deciding = others.length > 0 ? others : [...root.values()];
  if (!deciding.includes(false)) return 'include';
  if (deciding.some((rule) => rule !== false)) throw badValue('a projection cannot both include and exclude');
  return 'exclude';
}

function isNode(rule: Rule | undefined): rule is Node {
  return rule instanceof Map;
}

function leavesOf(rule: Rule): Rule[] {
  return isNode(rule) ? [...rule.values()].flatMap(leavesOf) : [rule];
}

function addEntry(node: Node, [part = '', ...rest]: string[], value: Value, kind: Kind | undefined): void {
  assertFieldName(part);
  const isOperatorCall = isDocument(value) && [...value.keys()].some((name) => name.startsWith('$'));
  if (isDocument(value) && !isOperatorCall) throw notImplemented('a projection inside an object');
  const isFlag = (typeof value === 'boolean' || isNumeric(value)) && kind !== 'keep all';
  const existing = node.get(part);
  if (existing !== undefined && !(rest.length > 0 && isNode(existing)))
    throw badValue(`Path collision at ${part}`);
  if (rest.length === 0) {
    node.set(part, isFlag ? isTruthy(value) : compileExpression(value));
    return;
  }
  if (!isFlag) throw notImplemented('a projection that computes a dotted field');
  const child = isNode(existing) ? existing : new Map<string, Rule>();
  node.set(part, child);
  addEntry(child, rest, value, kind);
}

function assertFieldName(part: string): void {
  if (part === '') throw badValue('a projection cannot name a field by an empty string');
  if (part === '$') throw notImplemented('the positional projection "field.$"');
  if (part.startsWith('$')) throw badValue(`field names of a projection may not start with '$': ${part}`);
}

/** The fields that stay, in copies down to the deepest one with a rule; computed ones are not added yet. */
function keepFields(node: Node, kind: Kind, document: Document): Document {
  const result: Document = new Map();
  for (const [name, value] of document) {
    const kept = keepField(node.get(name), kind, value);
    if (kept !== undefined) result.set(name, kept);
  }
  return result;
}

function keepField(rule: Rule | undefined, kind: Kind, value: Value): Maybe {
  if (isNode(rule)) return keepInside(rule, kind, value);
  if (typeof rule === 'boolean') return rule ? value : undefined;
  // What will be computed keeps the place that the field had, unless only included fields are kept.
  return kind === 'include' ? undefined : value;
}

/** Documents inside arrays too; an inclusion drops what is no document. */
function keepInside(node: Node, kind: Kind, value: Value): Maybe {
  if (isDocument(value)) return keepFields(node, kind, value);
  if (!isArray(value)) return kind === 'include' ? undefined : value;
  return value.map((element) => keepInside(node, kind, element)).filter((element) => element !== undefined);
}

function addComputed(node: Node, result: Document, original: Document): Document {
  for (const [name, rule] of node) {
    if (typeof rule !== 'function') continue;
    const value = rule(original);
    if (value === undefined) result.delete(name);
    else result.set(name, value);
  }
  return result;
}
