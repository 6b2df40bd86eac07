import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, numberValue } from '../bson/value.ts';
import { BSONRegExp, Timestamp } from 'bson';
import { CommandError, badValue, failedToParse, notImplemented } from '../errors.ts';
import { withIdFirst } from '../update/update-document.ts';
import type { Command } from './command.ts';
import { namespaceOf } from './command.ts';
import { runStatements } from './write-statements.ts';

export const insert: Command = {
  fields: ['documents', 'ordered', 'bypassDocumentValidation'],
  run(command, context) {
    const namespace = namespaceOf(command, 'insert', context);
    const documents = command.get('documents');
    if (!isArray(documents)) throw new CommandError(40414, "BSON field 'insert.documents' is missing");
    if (!documents.every(isDocument))
      throw failedToParse('every entry of insert.documents must be an object');
    let inserted = 0;
    const writeErrors = runStatements(command, documents, (document) => {
      const ready = insertable(document);
      context.catalog.ensure(namespace, context.changes).insert(ready, context.changes);
      inserted += 1;
    });
    return new Map<string, Value>([['n', numberValue(inserted)], ...writeErrors]);
  },
};

/** `_id` first, and nothing that MongoDB 4.4 would not store. */
function insertable(document: Document): Document {
  const dollar = [...document.keys()].find((name) => name.startsWith('$'));
  if (dollar !== undefined) throw badValue(`Document can't have $ prefixed field names: ${dollar}`);
  assertIdType(document.get('_id'));
  // MongoDB would put its own clock's time in its place.
  const isEmptyTime = (value: Value): boolean => value instanceof Timestamp && value.isZero();
  if ([...document.values()].some(isEmptyTime)) throw notImplemented('an empty timestamp');
  return withIdFirst(document);
}

export function assertIdType(id: Maybe): void {
  if (isArray(id)) throw badValue("can't use an array for _id");
  if (id instanceof BSONRegExp) throw badValue("can't use a regex for _id");
  const dollar = isDocument(id) ? [...id.keys()].find((name) => name.startsWith('$')) : undefined;
  if (dollar !== undefined)
    throw new CommandError(52, `_id fields may not contain '$'-prefixed fields: ${dollar}`);
}
