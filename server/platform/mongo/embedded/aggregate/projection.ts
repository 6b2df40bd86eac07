import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, isNumeric, isTruthy } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileExpression } from './compile-expression.ts';
import type { Expression, Scope } from './expression.ts';

/** One level of a projection: what to do with each field, in the order in which it was asked. */
type ProjectionNode = Map<string, Rule>;
type Rule = true | Expression | Map<string, Rule>;

/** `{ a: 1 }` keeps, `{ a: 0 }` drops, `"keep all"` only adds and replaces computed fields. */
export type ProjectionKind = 'include' | 'exclude' | 'keep all';

export interface Projection {
  kind: ProjectionKind;
  apply: (document: Document, scope?: Scope) => Document;
}

/** Compiles the argument of `$project`, of a find's projection, or (with "keep all") of `$addFields`. */
export function compileProjection(spec: Document, forcedKind?: ProjectionKind): Projection {
  if (spec.size === 0) throw new CommandError(51272, 'projection specification must have at least one field');
  const leaves = forcedKind ? [] : leavesOf(spec);
  const kind = forcedKind ?? kindOf(leaves);
  const includesId = forcedKind !== undefined || spec.get('_id') === undefined || isIncluded(spec, '_id');
  const root: ProjectionNode = new Map();
  if (kind === 'include' && includesId && !spec.has('_id')) root.set('_id', true);
  for (const [name, value] of spec) addEntry(root, name, value, kind, name);
  if (kind === 'include' && !includesId) root.delete('_id');
  return { kind, apply: (document, scope = scopeOf(document)) => applyNode(root, kind, document, scope) };
}

function scopeOf(root: Document): Scope {
  return { root, variables: new Map() };
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
    isDocument(value) && ![...value.keys()][0]?.startsWith('$')
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
  if (part === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  if (part.startsWith('$'))
    throw new CommandError(16410, `FieldPath field names may not start with '$': ${full}`);
  const existing = node.get(part);
  const isNested =
    rest.length > 0 || (isDocument(value) && ![...value.keys()][0]?.startsWith('$') && value.size > 0);
  if (existing !== undefined && !(isNested && existing instanceof Map) && full !== '_id') {
    throw new CommandError(31249, `Path collision at ${full}`);
  }
  if (isDocument(value) && value.size === 0)
    throw new CommandError(40180, `an empty object is not a valid value: ${full}`);
  if (!isNested) {
    node.set(part, isFlag(value) && kind !== 'keep all' ? true : computed(value, kind, full));
    return;
  }
  const child = existing instanceof Map ? existing : new Map<string, Rule>();
  node.set(part, child);
  if (rest.length > 0) addEntry(child, rest.join('.'), value, kind, full);
  else for (const [inner, part] of value as Document) addEntry(child, inner, part, kind, `${full}.${inner}`);
}

function computed(value: Value, kind: ProjectionKind, full: string): Expression {
  if (kind === 'exclude' && full !== '_id')
    throw new CommandError(31252, `Cannot use an expression for ${full} in exclusion projection`);
  return compileExpression(value);
}

function applyNode(node: ProjectionNode, kind: ProjectionKind, document: Document, scope: Scope): Document {
  const result: Document = new Map();
  for (const [name, value] of document) {
    const rule = node.get(name);
    const kept =
      rule === undefined || typeof rule === 'function' ? (kind === 'include' ? undefined : value) : undefined;
    if (kept !== undefined || typeof rule === 'function') {
      // A computed field keeps the place that the field had, unless only included fields are kept.
      if (kind !== 'include') result.set(name, value);
      continue;
    }
    const projected =
      rule instanceof Map
        ? applyToValue(rule, kind, value, scope)
        : rule && kind === 'include'
          ? value
          : undefined;
    if (projected !== undefined) result.set(name, projected);
  }
  return addComputed(node, result, scope);
}

/** Projects documents inside arrays too; an inclusion drops what is no document. */
function applyToValue(node: ProjectionNode, kind: ProjectionKind, value: Value, scope: Scope): Maybe {
  if (isDocument(value)) return applyNode(node, kind, value, scope);
  if (isArray(value)) {
    return value
      .map((element) => applyToValue(node, kind, element, scope))
      .filter((element) => element !== undefined);
  }
  return kind === 'include' ? undefined : value;
}

function addComputed(node: ProjectionNode, result: Document, scope: Scope): Document {
  for (const [name, rule] of node) {
    if (rule === true) continue;
    const value = typeof rule === 'function' ? rule(scope) : computeInside(rule, result.get(name), scope);
    if (value === undefined) result.delete(name);
    else result.set(name, value);
  }
  return result;
}

/** `a.b: <expression>` on a value that is no document makes it one. */
function computeInside(node: ProjectionNode, value: Maybe, scope: Scope): Maybe {
  if (isArray(value)) return value.map((element) => computeInside(node, element, scope) ?? null);
  if (!hasComputed(node)) return value;
  return addComputed(node, isDocument(value) ? value : new Map<string, Value>(), scope);
}

function hasComputed(node: ProjectionNode): boolean {
  return [...node.values()].some(
    (rule) => typeof rule === 'function' || (rule instanceof Map && hasComputed(rule)),
  );
}
