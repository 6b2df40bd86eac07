import { decodeDocument } from '../bson/decode-document.ts';
import { encodeDocument } from '../bson/encode-document.ts';
import { isTruthy } from '../bson/value.ts';
import type { Projection } from '../aggregate/projection.ts';
import { compileFindProjection } from '../aggregate/projection.ts';
import { parseSort } from '../indexes/parse-index-spec.ts';
import { findMatches } from '../query/find-matches.ts';
import type { Matches } from '../query/find-matches.ts';
import type { Command } from './command.ts';
import { collectionOf, countField, documentField, namespaceOf } from './command.ts';
import type { Result } from './cursors.ts';

export const find: Command = {
  fields: ['filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch', 'noCursorTimeout', 'allowDiskUse'], // prettier-ignore
  run(command, context) {
    const namespace = namespaceOf(command, 'find', context);
    const filter = documentField(command, 'filter');
    const sort = documentField(command, 'sort');
    const project = compileFindProjection(documentField(command, 'projection'));
    const matches = findMatches(
      collectionOf(command, 'find', context),
      filter,
      sort.size ? parseSort(sort) : [],
    );
    const result = select(
      matches,
      countField(command, 'skip') ?? 0,
      countField(command, 'limit') ?? 0,
      project,
    );
    const isSingleBatch = isTruthy(command.get('singleBatch'));
    return context.cursors.start(namespace, result, countField(command, 'batchSize'), isSingleBatch);
  },
};

/** Takes references to bytes now, so that later writes do not show; projects batch by batch. */
function select(
  { found, isComplete }: Matches,
  skip: number,
  limit: number,
  project: Projection | undefined,
): Result {
  const chosen: Uint8Array[] = [];
  let toSkip = skip;
  for (const { record } of found) {
    if (toSkip-- > 0) continue;
    chosen.push(record.bytes);
    if (chosen.length === limit) break;
  }
  function* documents(): Generator<Uint8Array> {
    for (const bytes of chosen) yield project ? encodeDocument(project(decodeDocument(bytes))) : bytes;
  }
  return { documents: documents(), isEndKnown: isComplete || (limit > 0 && chosen.length === limit) };
}
