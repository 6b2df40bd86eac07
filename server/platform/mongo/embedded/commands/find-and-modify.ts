import type { Document, Value } from '../bson/value.ts';
import { isTruthy, numberValue } from '../bson/value.ts';
import { failedToParse } from '../errors.ts';
import { parseSort } from '../indexes/parse-index-spec.ts';
import { compileFindProjection } from '../aggregate/projection.ts';
import type { Match } from '../query/find-matches.ts';
import { findMatches } from '../query/find-matches.ts';
import { decodeDocument } from '../bson/decode-document.ts';
import { compileUpdate } from '../update/compile-update.ts';
import { updateDocument } from '../update/update-document.ts';
import type { Command, CommandContext } from './command.ts';
import { collectionOf, documentField, namespaceOf } from './command.ts';
import { upsert } from './update.ts';

export const findAndModify: Command = {
  fields: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'bypassDocumentValidation'],
  run(command, context) {
    assertConsistent(command);
    const query = documentField(command, 'query');
    const sort = documentField(command, 'sort');
    const project = compileFindProjection(documentField(command, 'fields'));
    const change = command.has('update') ? compileUpdate(command.get('update')) : undefined;
    const { found } = findMatches(
      collectionOf(command, 'findAndModify', context),
      query,
      sort.size ? parseSort(sort) : [],
    );
    const [match] = found;
    const show = (document: Document | undefined): Value =>
      document ? (project?.(document) ?? document) : null;
    if (!change) return remove(command, match, show, context);
    if (match) return modify(command, match, change, show, context);
    return insertMissing(command, query, change, show, context);
  },
};

type Show = (document: Document | undefined) => Value;

function assertConsistent(command: Document): void {
  const removes = isTruthy(command.get('remove'));
  if (removes && command.has('update')) throw failedToParse('Cannot specify both an update and remove=true');
  if (removes && isTruthy(command.get('new')))
    throw failedToParse('Cannot specify both new=true and remove=true');
  if (removes && isTruthy(command.get('upsert')))
    throw failedToParse('Cannot specify both upsert=true and remove=true');
  if (!removes && !command.has('update'))
    throw failedToParse('Either an update or remove=true must be specified');
}

function remove(command: Document, match: Match | undefined, show: Show, context: CommandContext): Document {
  if (match) collectionOf(command, 'findAndModify', context)?.remove(match.record, context.changes);
  return reply([['n', numberValue(match ? 1 : 0)]], show(match?.document));
}

function modify(
  command: Document,
  match: Match,
  change: ReturnType<typeof compileUpdate>,
  show: Show,
  context: CommandContext,
): Document {
  const collection = context.catalog.load(namespaceOf(command, 'findAndModify', context));
  // The update works on the document in place, so the old one is read again when it is asked for.
  const before = decodeDocument(match.record.bytes);
  const { after } = updateDocument(collection, match, change, context.now(), context.changes);
  const shown = isTruthy(command.get('new')) ? after : before;
  return reply([['n', numberValue(1)], ['updatedExisting', true]], show(shown)); // prettier-ignore
}

function insertMissing(
  command: Document,
  query: Document,
  change: ReturnType<typeof compileUpdate>,
  show: Show,
  context: CommandContext,
): Document {
  if (!isTruthy(command.get('upsert'))) return reply([['n', numberValue(0)], ['updatedExisting', false]], null); // prettier-ignore
  const inserted = upsert(namespaceOf(command, 'findAndModify', context), query, change, context);
  const upserted = ['upserted', inserted.get('_id') ?? null] as const;
  const shown = isTruthy(command.get('new')) ? inserted : undefined;
  return reply([['n', numberValue(1)], ['updatedExisting', false], upserted], show(shown)); // prettier-ignore
}

function reply(lastErrorObject: (readonly [string, Value])[], value: Value): Document {
  return new Map<string, Value>([['lastErrorObject', new Map(lastErrorObject)], ['value', value]]); // prettier-ignore
}
