import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, isNumeric, isTruthy } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import { compileExpression } from './compile-expression.ts';
import type { Expression } from './expression.ts';

/** One level of a projection: what to do with each field, in the order in which it was asked. */
type ProjectionNode = Map<string, Rule>;
type Rule = true | Expression | Map<string, Rule>;

/** `{ a: 1 }` keeps, `{ a: 0 }` drops, `"keep all"` only adds and replaces computed fields. */
export type ProjectionKind = 'include' | 'exclude' | 'keep all';

export type Projection = (document: Document) => Document;

/** Compiles the argument of `$project`, of a find's projection, or (with "keep all") of `$addFields`. */
export function compileProjection(spec: Document, forcedKind?: ProjectionKind): Projection {
  if (spec.size === 0) throw new CommandError(51272, 'projection specification must have at least one field');
  const leaves = forcedKind ? [] : leavesOf(spec);
  const kind = forcedKind ?? kindOf(leaves);
  const includesId = forcedKind !== undefined || spec.get('_id') === undefined || isIncluded(spec, '_id');
  const root: ProjectionNode = new Map();
  if (kind === 'include' && includesId && !spec.has('_id')) root.set('_id', true);
  for (const [name, value] of spec) addEntry(root, name, value, kind, name);
  // `_id` may be kept by an exclusion and dropped by an inclusion: then its rule says the opposite of the others.
  const isOpposite = kind !== 'keep all' && (kind === 'include') !== includesId;
  if (isOpposite && isFlag(spec.get('_id'))) root.delete('_id');
  return (document) => addComputed(root, keepFields(root, kind, document), document);
}

/** The projection of a find; none when it is empty. */
export function compileFindProjection(spec: Document): Projection | undefined {
  return spec.size === 0 ? undefined : compileProjection(spec);
}

function isFlag(value: Maybe): boolean {
  return typeof value === 'boolean' || isNumeric(value);
}

function isIncluded(spec: Document, name: string): boolean {
  const value = spec.get(name);
  return !isFlag(value) || isTruthy(value);
}

function leavesOf(spec: Document, prefix = ''): (readonly [string, Value])[] {
  return [...spec].flatMap(([name, value]) =>
    isDocument(value) && !isOperatorCall(value)
      ? leavesOf(value, `${prefix}${name}.`)
      : [[prefix + name, value] as const],
  );
}

function kindOf(leaves: (readonly [string, Value])[]): ProjectionKind {
  const others = leaves.filter(([name]) => name !== '_id');
  const deciding = others.length > 0 ? others : leaves;
  const excluded = deciding.filter(([, value]) => isFlag(value) && !isTruthy(value));
  if (excluded.length === 0) return 'include';
  if (excluded.length < deciding.length) {
    throw new CommandError(31254, `Cannot do exclusion on field ${excluded[0]?.[0]} in inclusion projection`);
  }
  return 'exclude';
}

function addEntry(
  node: ProjectionNode,
  name: string,
  value: Value,
  kind: ProjectionKind,
  full: string,
): void {
  const [part = '', ...rest] = name.split('.');
  assertFieldName(part, full);
  if (isDocument(value) && value.size === 0) {
    throw new CommandError(40180, `an empty object is not a valid value: ${full}`);
  }
  const existing = node.get(part);
  const isNested = rest.length > 0 || (isDocument(value) && !isOperatorCall(value));
  if (existing !== undefined && !(isNested && existing instanceof Map) && full !== '_id') {
    throw new CommandError(31249, `Path collision at ${full}`);
  }
  if (!isNested) {
    node.set(part, isFlag(value) && kind !== 'keep all' ? true : computed(value, kind, full));
    return;
  }
  const child = existing instanceof Map ? existing : new Map<string, Rule>();
  node.set(part, child);
  if (rest.length > 0) addEntry(child, rest.join('.'), value, kind, full);
  else
    for (const [inner, deeper] of value as Document) addEntry(child, inner, deeper, kind, `${full}.${inner}`);
}

function assertFieldName(part: string, full: string): void {
  if (part === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  if (!part.startsWith('$')) return;
  if (part === '$') throw notImplemented('the positional projection "field.$"');
  throw new CommandError(16410, `FieldPath field names may not start with '$': ${full}`);
}

function isOperatorCall(value: Document): boolean {
  const [first] = value.keys();
  return first?.startsWith('$') === true;
}

function computed(value: Value, kind: ProjectionKind, full: string): Expression {
  if (kind === 'exclude' && full !== '_id')
    throw new CommandError(31252, `Cannot use an expression for ${full} in exclusion projection`);
  return compileExpression(value);
}

/** The fields that stay, in copies down to the deepest one with a rule; computed ones are not added yet. */
function keepFields(node: ProjectionNode, kind: ProjectionKind, document: Document): Document {
  const result: Document = new Map();
  for (const [name, value] of document) {
    const kept = keepField(node.get(name), kind, value);
    if (kept !== undefined) result.set(name, kept);
  }
  return result;
}

function keepField(rule: Rule | undefined, kind: ProjectionKind, value: Value): Maybe {
  if (rule instanceof Map) return keepInside(rule, kind, value);
  if (rule === true) return kind === 'include' ? value : undefined;
  // What will be computed keeps the place that the field had, unless only included fields are kept.
  return kind === 'include' ? undefined : value;
}

/** Documents inside arrays too; an inclusion drops what is no document. */
function keepInside(node: ProjectionNode, kind: ProjectionKind, value: Value): Maybe {
  if (isDocument(value)) return keepFields(node, kind, value);
  if (!isArray(value)) return kind === 'include' ? undefined : value;
  return value.map((element) => keepInside(node, kind, element)).filter((element) => element !== undefined);
}

function addComputed(node: ProjectionNode, result: Document, original: Document): Document {
  for (const [name, rule] of node) {
    if (rule === true) continue;
    const value =
      typeof rule === 'function' ? rule(original) : computeInside(rule, result.get(name), original);
    if (value === undefined) result.delete(name);
    else result.set(name, value);
  }
  return result;
}

/** `a.b: <expression>` on a value that is no document makes it one. */
function computeInside(node: ProjectionNode, value: Maybe, original: Document): Maybe {
  if (isArray(value)) return value.map((element) => computeInside(node, element, original) ?? null);
  if (!hasComputed(node)) return value;
  return addComputed(node, isDocument(value) ? value : new Map<string, Value>(), original);
}

function hasComputed(node: ProjectionNode): boolean {
  return [...node.values()].some(
    (rule) => typeof rule === 'function' || (rule instanceof Map && hasComputed(rule)),
  );
}
