import { CommandError, badValue, notImplemented } from '../errors.ts';
import { parseSort } from '../indexes/index-spec.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { sortBy } from '../query/find-matches.ts';
import { REFUSED_STAGES } from '../refused-names.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isDocument, numberValue, toNumber } from '../values/value.ts';
import { compileExpression } from './expressions.ts';
import { compileGroup } from './group.ts';
import { compileProjection } from './projection.ts';
import { compileUnwind } from './unwind.ts';

/** Turns one stream of documents into the next. */
export type Stage = (documents: Iterable<Document>) => Iterable<Document>;

/** Every stage of a pipeline. */
export const STAGES: Readonly<Record<string, (spec: Value) => Stage>> = {
  $match: (spec) => {
    const filter = compileFilter(documentOrThrow(spec));
    return flatMapping((document) => (filter(document, {}) ? [document] : []));
  },
  $project: (spec) => mapping(compileProjection(documentOrThrow(spec))),
  $addFields: (spec) => mapping(compileProjection(documentOrThrow(spec), 'keep all')),
  $set: (spec) => mapping(compileProjection(documentOrThrow(spec), 'keep all')),
  $unset: (spec) => {
    const names = isArray(spec) ? spec : [spec];
    if (!names.every((name) => typeof name === 'string')) throw badValue('$unset takes field names');
    return mapping(compileProjection(new Map(names.map((name) => [name, false]))));
  },
  $replaceRoot: (spec) => {
    const newRoot = documentOrThrow(spec).get('newRoot');
    if (newRoot === undefined) throw badValue('no newRoot specified for the $replaceRoot stage');
    const evaluate = compileExpression(newRoot);
    return mapping((root) => documentOrThrow(evaluate(root)));
  },
  $group: (spec) => compileGroup(documentOrThrow(spec)),
  $sort: (spec) => {
    const fields = parseSort(documentOrThrow(spec));
    return (documents) => sortBy([...documents], fields, (document) => document);
  },
  $limit: (spec) => {
    const count = wholeNumber(spec, '$limit', 1);
    return function* (documents) {
      let left = count;
      for (const document of documents) {
        yield document;
        if (--left === 0) return;
      }
    };
  },
  $skip: (spec) => {
    const count = wholeNumber(spec, '$skip', 0);
    return function* (documents) {
      let left = count;
      for (const document of documents) if (left-- <= 0) yield document;
    };
  },
  $count: (spec) => {
    if (typeof spec !== 'string' || spec === '' || /[.$]/.test(spec))
      throw badValue('the count field must be a non-empty plain name');
    return (documents) => {
      const count = [...documents].length;
      return count > 0 ? [new Map([[spec, numberValue(count)]])] : [];
    };
  },
  $unwind: compileUnwind,
};

/** Compiles every stage before the first one runs, so that mistakes and refusals come first. */
export function compilePipeline(pipeline: Maybe): Stage {
  if (!isArray(pipeline)) throw new CommandError(14, "'pipeline' option must be specified as an array");
  const stages = pipeline.map((spec) => compileStage(...stageOf(spec)));
  return (documents) => stages.reduce((stream, stage) => stage(stream), documents);
}

/** The name and the argument of one stage. */
export function stageOf(spec: Value): [name: string, argument: Value] {
  const [stage] = isDocument(spec) && spec.size === 1 ? spec : [];
  if (stage === undefined) throw badValue('A stage of a pipeline must be an object with exactly one field.');
  return stage;
}

function compileStage(name: string, argument: Value): Stage {
  const compile = STAGES[name];
  if (compile) return compile(argument);
  if (REFUSED_STAGES.has(name)) throw notImplemented(`${name} in a pipeline`);
  throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
}

const UPDATE_STAGES = ['$addFields', '$set', '$project', '$unset', '$replaceRoot'];

/** A pipeline as an update: it gives the new document. */
export function compileUpdatePipeline(pipeline: Value[]): (document: Document) => Document {
  const [other] = pipeline.map(stageOf).find(([name]) => !UPDATE_STAGES.includes(name)) ?? [];
  if (other !== undefined && other in STAGES)
    throw badValue(`${other} is not allowed to be used within an update`);
  const run = compilePipeline(pipeline);
  return (document) => {
    const [result = document] = run([document]);
    return result;
  };
}

function documentOrThrow(spec: Maybe): Document {
  if (!isDocument(spec)) throw badValue('what a stage takes, and newRoot, must be an object');
  return spec;
}

function wholeNumber(spec: Value, stage: string, least: number): number {
  const number = toNumber(spec) ?? NaN;
  if (!Number.isInteger(number) || number < least)
    throw badValue(`${stage} needs a whole number from ${least} on`);
  return number;
}

function flatMapping(apply: (document: Document) => Iterable<Document>): Stage {
  return function* (documents) {
    for (const document of documents) yield* apply(document);
  };
}

function mapping(apply: (document: Document) => Document): Stage {
  return flatMapping((document) => [apply(document)]);
}
