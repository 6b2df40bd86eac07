import { Int32 } from 'bson';
import type { Projection } from '../aggregate/projection.ts';
import { compileProjection } from '../aggregate/projection.ts';
import { compilePipeline, stageOf } from '../aggregate/stages.ts';
import { badValue, notImplemented } from '../errors.ts';
import { parseSort } from '../indexes/index-spec.ts';
import { findMatches } from '../query/find-matches.ts';
import { someAtPath } from '../query/walk-path.ts';
import { decodeDocument, encodeDocument } from '../values/bson.ts';
import { distinctValues } from '../values/order-key.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isDocument, isTruthy, toNumber } from '../values/value.ts';
import type { Command, CommandContext } from './command.ts';
import { batchSizeOf, collectionOf, countField, documentField, namespaceOf, sortField } from './command.ts';

export const find: Command = {
  fields: ['filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch', 'noCursorTimeout', 'allowDiskUse'], // prettier-ignore
  run(command, context) {
    const namespace = namespaceOf(command, context);
    const project = projectionField(command, 'projection');
    const filter = documentField(command, 'filter');
    const { found, isComplete } = findMatches(collectionOf(command, context), filter, sortField(command));
    const limit = countField(command, 'limit') ?? 0;
    // References to bytes are taken now, so that later writes do not show; projections are made batch by batch.
    const chosen: Uint8Array[] = [];
    let toSkip = countField(command, 'skip') ?? 0;
    for (const { record } of found) {
      if (toSkip-- > 0) continue;
      chosen.push(record.bytes);
      if (chosen.length === limit) break;
    }
    const isEndKnown = isComplete || (limit > 0 && chosen.length === limit);
    const result = { documents: projected(chosen, project), isEndKnown };
    return context.cursors.start(namespace, result, countField(command, 'batchSize'), isTruthy(command.get('singleBatch'))); // prettier-ignore
  },
};

/** The projection of a find; none when it is empty. */
export function projectionField(command: Document, field: string): Projection | undefined {
  const spec = documentField(command, field);
  return spec.size > 0 ? compileProjection(spec) : undefined;
}

function* projected(stored: readonly Uint8Array[], project: Projection | undefined): Generator<Uint8Array> {
  for (const bytes of stored) yield project ? encodeDocument(project(decodeDocument(bytes))) : bytes;
}

export const aggregate: Command = {
  fields: ['pipeline', 'cursor', 'allowDiskUse', 'bypassDocumentValidation'],
  run(command, context) {
    if (typeof command.get('aggregate') !== 'string') throw notImplemented('aggregate without a collection');
    if (!command.has('cursor')) throw badValue("The 'cursor' option is required");
    const batchSize = batchSizeOf(command);
    const pipeline = command.get('pipeline');
    compilePipeline(pipeline);
    const documents = runPipeline(pipeline as Value[], command, context);
    const result = { documents: Array.from(documents, encodeDocument).values(), isEndKnown: false };
    return context.cursors.start(namespaceOf(command, context), result, batchSize);
  },
};

/** A `$match` at the beginning, and a `$sort` behind it, go through the indexes. */
function runPipeline(pipeline: Value[], command: Document, context: CommandContext): Iterable<Document> {
  const stages = pipeline.map(stageOf);
  const argumentIf = (name: string): Document | undefined => {
    const [found, argument] = stages[0] ?? [];
    return found === name && isDocument(argument) ? (stages.shift(), argument) : undefined;
  };
  const filter = argumentIf('$match') ?? new Map<string, Value>();
  const sort = argumentIf('$sort');
  const { found } = findMatches(collectionOf(command, context), filter, sort ? parseSort(sort) : []);
  return compilePipeline(stages.map((stage) => new Map([stage])))(documentsOf(found));
}

function* documentsOf(matches: Iterable<{ document: Document }>): Generator<Document> {
  for (const { document } of matches) yield document;
}

export const count: Command = {
  fields: ['query', 'limit', 'skip'],
  run(command, context) {
    const collection = collectionOf(command, context);
    const query = documentField(command, 'query');
    if ((toNumber(command.get('limit')) ?? 0) < 0) throw notImplemented('a negative limit in count');
    const [skip, limit] = [countField(command, 'skip') ?? 0, countField(command, 'limit') || Infinity];
    const isWhole = query.size === 0 && collection;
    const found = isWhole ? collection.size : [...findMatches(collection, query).found].length;
    return { n: Math.min(Math.max(found - skip, 0), limit) };
  },
};

/** The values of a field, each once and in order; arrays stand for their elements. */
export const distinct: Command = {
  fields: ['key', 'query'],
  run(command, context) {
    const key = command.get('key');
    if (typeof key !== 'string' || key === '') throw badValue("'key' must be a non-empty string");
    const values: Value[] = [];
    const collect = (value: Maybe): boolean => {
      if (value !== undefined) values.push(...(isArray(value) ? value : [value]));
      return false;
    };
    const { found } = findMatches(collectionOf(command, context), documentField(command, 'query'));
    for (const { document } of found) someAtPath(document, key.split('.'), 'whole', collect);
    const sorted = [...distinctValues(values)].sort(([a], [b]) => (a < b ? -1 : 1));
    return { values: sorted.map(([, value]) => value) };
  },
};

export const getMore: Command = {
  fields: ['collection', 'batchSize'],
  run(command, context) {
    const batchSize = countField(command, 'batchSize');
    if (batchSize === 0) throw notImplemented('a batchSize of 0 in getMore');
    const id = cursorId(command.get('getMore'));
    return context.cursors.more(id, namespaceOf(command, context, 'collection'), batchSize);
  },
};

export const killCursors: Command = {
  fields: ['cursors'],
  run(command, { cursors }) {
    const ids = command.get('cursors');
    if (!isArray(ids)) throw badValue("'cursors' must be an array");
    const killed = ids.filter((id) => cursors.kill(cursorId(id)));
    const notFound = ids.filter((id) => !killed.includes(id));
    return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [] };
  },
};

function cursorId(value: Maybe): bigint {
  if (typeof value === 'bigint' || value instanceof Int32) return BigInt(value.toString());
  throw badValue('a cursor id must be a 64-bit integer');
}
