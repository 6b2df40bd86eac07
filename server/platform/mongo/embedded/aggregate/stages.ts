import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, numberValue, toNumber } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { parseSort } from '../indexes/parse-index-spec.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { sortBy } from '../query/find-matches.ts';
import { compileExpression } from './compile-expression.ts';
import { compileGroup } from './compile-group.ts';
import { compileProjection } from './projection.ts';
import type { Stage } from './stage.ts';
import { compileUnwind } from './compile-unwind.ts';

/** Every stage of a pipeline. */
export const STAGES: Readonly<Record<string, (spec: Value) => Stage>> = {
  $match: (spec) => {
    const filter = compileFilter(documentOrThrow(spec, '$match'));
    return (documents) => filtered(documents, (document) => filter(document, {}));
  },
  $project: (spec) => mapping(compileProjection(documentOrThrow(spec, '$project'))),
  $addFields: (spec) => mapping(compileProjection(documentOrThrow(spec, '$addFields'), 'keep all')),
  $set: (spec) => mapping(compileProjection(documentOrThrow(spec, '$set'), 'keep all')),
  $unset: (spec) => {
    const names = isArray(spec) ? spec : [spec];
    if (!names.every((name) => typeof name === 'string'))
      throw new CommandError(31002, '$unset takes field names');
    return mapping(compileProjection(new Map(names.map((name) => [name, false])), undefined));
  },
  $replaceRoot: (spec) => replaceRoot(documentOrThrow(spec, '$replaceRoot').get('newRoot')),
  $replaceWith: (spec) => replaceRoot(spec),
  $group: compileGroup,
  $sortByCount: (spec) => {
    const group = compileGroup(new Map<string, Value>([['_id', spec], ['count', new Map([['$sum', numberValue(1)]])]])); // prettier-ignore
    const byCount = parseSort(new Map([['count', numberValue(-1)]]));
    return (documents) => sortBy([...group(documents)], byCount, same);
  },
  $sort: (spec) => {
    const fields = parseSort(documentOrThrow(spec, '$sort'));
    return (documents) => sortBy([...documents], fields, same);
  },
  $limit: (spec) => {
    const count = wholeNumber(spec, '$limit');
    if (count <= 0) throw new CommandError(15958, 'the limit must be positive');
    return (documents) => firstOf(documents, count);
  },
  $skip: (spec) => {
    const count = wholeNumber(spec, '$skip');
    if (count < 0) throw new CommandError(15956, 'Argument to $skip cannot be negative');
    return (documents) => without(documents, count);
  },
  $count: (spec) => {
    if (typeof spec !== 'string' || spec === '' || /[.$]/.test(spec)) throw new CommandError(40156, 'the count field must be a non-empty plain name'); // prettier-ignore
    return (documents) => counted(documents, spec);
  },
  $unwind: compileUnwind,
};

function documentOrThrow(spec: Maybe, stage: string): Document {
  if (!isDocument(spec)) throw new CommandError(15959, `the ${stage} specification must be an object`);
  return spec;
}

function wholeNumber(spec: Value, stage: string): number {
  const number = toNumber(spec);
  if (number === undefined || !Number.isInteger(number))
    throw new CommandError(15957, `${stage} needs a whole number`);
  return number;
}

const same = (document: Document): Document => document;

function mapping(apply: (document: Document) => Document): Stage {
  return function* (documents) {
    for (const document of documents) yield apply(document);
  };
}

function* filtered(
  documents: Iterable<Document>,
  passes: (document: Document) => boolean,
): Generator<Document> {
  for (const document of documents) if (passes(document)) yield document;
}

function* firstOf(documents: Iterable<Document>, count: number): Generator<Document> {
  let taken = 0;
  for (const document of documents) {
    yield document;
    if (++taken === count) return;
  }
}

function* without(documents: Iterable<Document>, count: number): Generator<Document> {
  let skipped = 0;
  for (const document of documents) if (++skipped > count) yield document;
}

function* counted(documents: Iterable<Document>, name: string): Generator<Document> {
  const count = [...documents].length;
  if (count > 0) yield new Map([[name, numberValue(count)]]);
}

function replaceRoot(spec: Maybe): Stage {
  if (spec === undefined) throw new CommandError(40231, 'no newRoot specified for the $replaceRoot stage');
  const evaluate = compileExpression(spec);
  return mapping((root) => {
    const document = evaluate(root);
    if (!isDocument(document))
      throw new CommandError(40228, "'newRoot' expression must evaluate to an object");
    return document;
  });
}
