import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { CommandError, failedToParse, notImplemented } from '../errors.ts';
import type { MatchDetails } from '../query/filter.ts';
import { compileUpdatePipeline } from '../aggregate/compile-pipeline.ts';
import { concretePaths } from './concrete-paths.ts';
import type { ApplyUpdate, UpdateCircumstances } from './apply-update.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import { UpdateTarget } from './update-target.ts';

/** Gives the new document; may change and return the one it gets. */
export interface Update {
  apply: (document: Document, details: MatchDetails, circumstances: UpdateCircumstances) => Document;
  /** A replacement cannot be for many documents. */
  isReplacement: boolean;
}

/** Compiles operators, a pipeline or a replacement. Throws CommandError before anything is changed. */
export function compileUpdate(update: Maybe): Update {
  if (isArray(update)) {
    const run = compileUpdatePipeline(update);
    return { apply: (document) => run(document), isReplacement: false };
  }
  if (!isDocument(update)) throw failedToParse('Update argument must be either an object or an array');
  const [first] = update.keys();
  if (first?.startsWith('$')) return compileOperators(update);
  return compileReplacement(update);
}

function compileReplacement(replacement: Document): Update {
  assertStorable(replacement);
  return {
    isReplacement: true,
    apply: (document) => {
      const id = replacement.get('_id') ?? document.get('_id');
      return new Map<string, Value>([...(id === undefined ? [] : [['_id', id] as const]), ...replacement]);
    },
  };
}

/** Throws CommandError 52 for a field that MongoDB 4.4 does not store. */
export function assertStorable(document: Document): void {
  const name = [...document.keys()].find((field) => field.startsWith('$'));
  if (name !== undefined) {
    throw new CommandError(52, `The dollar ($) prefixed field '${name}' is not valid for storage.`);
  }
}

interface Step {
  path: readonly string[];
  /** What decides the step's turn: the path that it writes to. */
  written: readonly string[];
  apply: ApplyUpdate;
}

function compileOperators(update: Document): Update {
  const steps = [...update].flatMap(([operator, fields]) => compileOperator(operator, fields)).sort(byPath);
  assertNoConflicts([...update].flatMap(([operator, fields]) => touchedPaths(operator, fields)));
  return {
    isReplacement: false,
    apply: (document, details, circumstances) => {
      for (const { path, apply } of steps) {
        for (const concrete of concretePaths(document, path, details)) {
          apply(new UpdateTarget(document, concrete), circumstances);
        }
      }
      return document;
    },
  };
}

function compileOperator(operator: string, fields: Value): Step[] {
  const compile = UPDATE_OPERATORS[operator];
  if (operator === '$bit') throw notImplemented(operator);
  if (!compile) throw failedToParse(`Unknown modifier: ${operator}. Expected a valid update modifier`);
  if (!isDocument(fields)) throw failedToParse(`Modifiers operate on fields, ${operator} got none`);
  if (fields.size === 0) throw failedToParse(`'${operator}' is empty. You must specify a field`);
  return [...fields].map(([name, argument]) => ({
    path: updatePath(name),
    written: updatePath(operator === '$rename' && typeof argument === 'string' ? argument : name),
    apply: compile(argument, name),
  }));
}

function updatePath(name: string): string[] {
  const path = name.split('.');
  if (path.includes('')) throw new CommandError(56, `The update path '${name}' contains an empty field name`);
  if (path.some((part, i) => i > 0 && /^\$\[.+\]$/.test(part)))
    throw notImplemented('$[identifier] of arrayFilters');
  const dollar = path.find((part, i) => part.startsWith('$') && !(i > 0 && /^\$(\[\])?$/.test(part)));
  if (dollar !== undefined) {
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${dollar}' in '${name}' is not valid for storage.`,
    );
  }
  return path;
}

/** Two operators must not meet: neither on one path nor on a path and its beginning. */
function assertNoConflicts(paths: string[][]): void {
  const sorted = paths.map((path) => path.join('\0') + '\0').sort();
  const clash = sorted.findIndex((path, i) => i > 0 && path.startsWith(sorted[i - 1] ?? path));
  if (clash >= 0) {
    const name = paths[0]?.length === 0 ? '' : (sorted[clash] ?? '').replaceAll('\0', '.').slice(0, -1);
    throw new CommandError(40, `Updating the path '${name}' would create a conflict`);
  }
}

function touchedPaths(operator: string, fields: Value): string[][] {
  if (!isDocument(fields)) return [];
  const sources = [...fields.keys()];
  const targets = operator === '$rename' ? [...fields.values()].filter((to) => typeof to === 'string') : [];
  return [...sources, ...targets].map((name) => updatePath(name));
}

/** MongoDB applies operators, and so creates fields, in the order of their paths; numbers count as numbers. */
function byPath({ written: a }: Step, { written: b }: Step): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareParts(a[i] ?? '', b[i] ?? '');
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareParts(a: string, b: string): number {
  if (a === b) return 0;
  const areNumbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  return (areNumbers ? +a - +b : 0) || (a < b ? -1 : 1);
}
