import { ObjectId } from 'bson';
import { compileUpdatePipeline } from '../aggregate/stages.ts';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import type { MatchDetails } from '../query/compile-filter.ts';
import { REFUSED_UPDATES } from '../refused-names.ts';
import { orderKey, sortByKey } from '../values/order-key.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isDocument } from '../values/value.ts';
import type { ApplyUpdate } from './update-operators.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import { UpdateTarget } from './update-target.ts';

export interface Update {
  /** Gives the new document; may change and return the one it gets. Throws CommandError 66 for another `_id`. */
  apply: (document: Document, details: MatchDetails, isInsert: boolean) => Document;
  /** A replacement cannot be for many documents. */
  isReplacement: boolean;
}

/** Compiles operators, a pipeline or a replacement. Throws CommandError before anything is changed. */
export function compileUpdate(update: Maybe): Update {
  if (isArray(update)) return keepingId(compileUpdatePipeline(update), false);
  if (!isDocument(update)) throw badValue('Update argument must be either an object or an array');
  const [first] = update.keys();
  if (first?.startsWith('$')) return keepingId(compileOperators(update), false);
  assertNoDollars(update.keys());
  return keepingId(() => new Map(update), true);
}

/** Every stored document begins with its `_id`, which no update changes; recovery relies on it. */
function keepingId(apply: Update['apply'], isReplacement: boolean): Update {
  return {
    isReplacement,
    apply: (document, details, isInsert) => {
      const id = document.get('_id');
      const updated = apply(document, details, isInsert);
      const isOperators = updated === document;
      if (id !== undefined && !updated.has('_id') && !isOperators) return new Map([['_id', id], ...updated]);
      if (id !== undefined && (!updated.has('_id') || orderKey(updated.get('_id')) !== orderKey(id)))
        throw new CommandError(66, "the update would modify the immutable field '_id'");
      return withIdFirst(updated);
    },
  };
}

/** A document without an `_id` gets a new one. */
export function withIdFirst(document: Document): Document {
  const [first] = document.keys();
  if (first === '_id') return document;
  return new Map<string, Value>([['_id', document.get('_id') ?? new ObjectId()], ...document]);
}

/** Throws CommandError 52 for a field that MongoDB 4.4 does not store. */
export function assertNoDollars(names: Iterable<string>): void {
  const dollar = [...names].find((name) => name.startsWith('$'));
  if (dollar !== undefined)
    throw new CommandError(52, `The dollar ($) prefixed field '${dollar}' is not valid for storage.`);
}

interface Step {
  path: readonly string[];
  /** Every path that it reads or writes; the last one is that which it writes to. */
  touched: readonly string[][];
  apply: ApplyUpdate;
}

function compileOperators(update: Document): Update['apply'] {
  const steps = [...update].flatMap(([operator, fields]) => compileOperator(operator, fields));
  assertNoConflicts(steps.flatMap(({ touched }) => touched));
  // MongoDB applies operators, and so creates fields, in the order of their paths.
  const sorted = sortByKey(steps, ({ touched }) => pathOrder(touched.at(-1) ?? []));
  return (document, details, isInsert) => {
    for (const { path, apply } of sorted) {
      for (const place of concretePaths(document, path, details))
        apply(new UpdateTarget(document, place), isInsert);
    }
    return document;
  };
}

function compileOperator(operator: string, fields: Value): Step[] {
  const compile = UPDATE_OPERATORS[operator];
  if (REFUSED_UPDATES.has(operator)) throw notImplemented(operator);
  if (!compile) throw badValue(`Unknown modifier: ${operator}. Expected a valid update modifier`);
  if (!isDocument(fields) || fields.size === 0) throw badValue(`'${operator}' needs an object with fields`);
  return [...fields].map(([name, argument]) => {
    const apply = compile(argument, name);
    const names = operator === '$rename' ? [name, argument as string] : [name];
    return { path: updatePath(name), touched: names.map(updatePath), apply };
  });
}

function updatePath(name: string): string[] {
  const path = name.split('.');
  if (path.includes('')) throw new CommandError(56, `The update path '${name}' contains an empty field name`);
  if (path.some((part, i) => i > 0 && /^\$\[.+\]$/.test(part)))
    throw notImplemented('$[identifier] of arrayFilters');
  assertNoDollars(path.filter((part, i) => i === 0 || (part !== '$' && part !== '$[]')));
  return path;
}

/** Two operators must not meet: neither on one path nor on a path and its beginning. */
function assertNoConflicts(paths: string[][]): void {
  const sorted = paths.map((path) => path.join('\0') + '\0').sort();
  const clash = sorted.find((path, i) => i > 0 && path.startsWith(sorted[i - 1] ?? path));
  if (clash === undefined) return;
  throw new CommandError(40, `Updating the path '${clash.split('\0').join('.')}' would create a conflict`);
}

/** Numbers count as numbers: "a.2" comes before "a.10". */
function pathOrder(path: readonly string[]): string {
  return path.map((part) => (/^\d+$/.test(part) ? part.padStart(20, '0') : part)).join('\0');
}

/** The places that `$` and `$[]` stand for in this document. */
function concretePaths(
  document: Document,
  path: readonly string[],
  details: MatchDetails,
): (readonly string[])[] {
  const at = path.findIndex((part) => part.startsWith('$'));
  if (at < 0) return [path];
  const before = path.slice(0, at);
  const places = path[at] === '$' ? [matchedIndex(details)] : allPlaces(new UpdateTarget(document, before));
  const rest = path.slice(at + 1);
  return places.flatMap((i) => concretePaths(document, [...before, String(i), ...rest], details));
}

function matchedIndex({ index }: MatchDetails): number {
  if (index === undefined) throw badValue('The positional operator did not find the match in the query.');
  return index;
}

function allPlaces(target: UpdateTarget): number[] {
  const array = target.getArray();
  if (array === undefined) throw badValue(`The path '${target.name}' must exist to apply array updates.`);
  return [...array.keys()];
}
