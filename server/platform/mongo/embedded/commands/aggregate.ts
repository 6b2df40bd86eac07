import { compilePipeline, stageOf } from '../aggregate/compile-pipeline.ts';
import { encodeDocument } from '../bson/encode-document.ts';
import type { Document, Value } from '../bson/value.ts';
import { isArray, isDocument } from '../bson/value.ts';
import { CommandError, failedToParse } from '../errors.ts';
import { parseSort } from '../indexes/parse-index-spec.ts';
import { findMatches } from '../query/find-matches.ts';
import type { Command, CommandContext } from './command.ts';
import { collectionOf, countField, documentField, namespaceOf } from './command.ts';

export const aggregate: Command = {
  fields: ['pipeline', 'cursor', 'allowDiskUse', 'bypassDocumentValidation'],
  run(command, context) {
    if (typeof command.get('aggregate') !== 'string') throw new CommandError(238, 'aggregate without a collection is not implemented by the embedded store'); // prettier-ignore
    const cursor = command.get('cursor');
    if (!isDocument(cursor)) throw failedToParse("The 'cursor' option is required");
    const pipeline = command.get('pipeline');
    const stages = isArray(pipeline) ? pipeline.map(stageOf) : [];
    const run = compilePipeline(pipeline);
    const { source, served } = firstStages(stages, command, context);
    const rest = served === 0 ? run : compilePipeline((pipeline as Value[]).slice(served));
    const documents = Array.from(rest(source), encodeDocument)[Symbol.iterator]();
    const result = { documents, isEndKnown: false };
    return context.cursors.start(namespaceOf(command, 'aggregate', context), result, countField(documentField(command, 'cursor'), 'batchSize')); // prettier-ignore
  },
};

/** A `$match` at the beginning, and a `$sort` behind it, go through the indexes. */
function firstStages(
  stages: readonly [string, Value][],
  command: Document,
  context: CommandContext,
): { source: Iterable<Document>; served: number } {
  const [first, second] = stages;
  const isMatch = first?.[0] === '$match';
  const filter = isMatch && isDocument(first[1]) ? first[1] : (new Map() as Document);
  const sort = isMatch ? second : first;
  const isSort = sort?.[0] === '$sort' && isDocument(sort[1]);
  const fields = isSort ? parseSort(sort[1] as Document) : [];
  const { found } = findMatches(collectionOf(command, 'aggregate', context), filter, fields);
  return { source: documentsOf(found), served: (isMatch ? 1 : 0) + (isSort ? 1 : 0) };
}

function* documentsOf(matches: Iterable<{ document: Document }>): Generator<Document> {
  for (const { document } of matches) yield document;
}
