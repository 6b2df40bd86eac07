import { BSONRegExp, Timestamp } from 'bson';
import type { Fields } from '../errors.ts';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/compile-filter.ts';
import type { Match } from '../query/find-matches.ts';
import { findMatches, findMatchesToChange } from '../query/find-matches.ts';
import { buildUpsert } from '../update/build-upsert.ts';
import type { Update } from '../update/compile-update.ts';
import { assertNoDollars, compileUpdate, withIdFirst } from '../update/compile-update.ts';
import { decodeDocument } from '../values/bson.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isDocument, isTruthy, toNumber } from '../values/value.ts';
import type { Command, CommandContext } from './command.ts';
import { collectionOf, documentField, documentsField, namespaceOf, sortField } from './command.ts';
import { projectionField } from './query-commands.ts';

export const insert: Command = {
  fields: ['documents', 'ordered', 'bypassDocumentValidation'],
  run(command, context) {
    let n = 0;
    const writeErrors = runStatements(command, documentsField(command, 'documents'), (document) => {
      const ready = insertable(document);
      return () => {
        insertInto(namespaceOf(command, context), ready, context);
        n += 1;
      };
    });
    return { n, ...writeErrors };
  },
};

export const update: Command = {
  fields: ['updates', 'ordered', 'bypassDocumentValidation'],
  run(command, context) {
    const statements = statementsOf(command, 'updates', ['q', 'u'], ['upsert', 'multi']);
    let [n, nModified] = [0, 0];
    const upserted: Fields[] = [];
    const writeErrors = runStatements(command, statements, (statement, index) => {
      const filter = filterOf(statement);
      const change = compileUpdate(statement.get('u'));
      const isMulti = isTruthy(statement.get('multi'));
      if (isMulti && change.isReplacement) throw badValue('multi update is not supported for replacements');
      return () => {
        const modified = updateMatches(command, filter, change, isMulti, context);
        const isUpsert = modified.length === 0 && isTruthy(statement.get('upsert'));
        if (isUpsert) upserted.push({ index, _id: upsert(command, filter, change, context).get('_id') });
        n += isUpsert ? 1 : modified.length;
        nModified += modified.filter((isModified) => isModified).length;
      };
    });
    return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...writeErrors };
  },
};

/** Updates one or all documents that match; tells of each whether it is another one now. */
function updateMatches(
  command: Document,
  filter: Document,
  change: Update,
  isMulti: boolean,
  context: CommandContext,
): boolean[] {
  const modified: boolean[] = [];
  for (const match of findMatchesToChange(collectionOf(command, context), filter)) {
    modified.push(updateMatch(command, match, change, context).isModified);
    if (!isMulti) break;
  }
  return modified;
}

function updateMatch(
  command: Document,
  { record, document, details }: Match,
  change: Update,
  context: CommandContext,
): { isModified: boolean; after: Document } {
  const after = change.apply(document, details, false);
  const isModified = collectionOf(command, context)?.replace(record, after, context.changes) === true;
  return { isModified, after };
}

/** Inserts what the filter and the update make; returns the new document. */
function upsert(command: Document, filter: Document, change: Update, context: CommandContext): Document {
  const document = buildUpsert(filter, change);
  assertIdType(document.get('_id'));
  insertInto(namespaceOf(command, context), document, context);
  return document;
}

function insertInto(namespace: string, document: Document, { catalog, changes }: CommandContext): void {
  catalog.ensure(namespace, changes).insert(document, changes);
}

export const deleteCommand: Command = {
  fields: ['deletes', 'ordered'],
  run(command, context) {
    const collection = collectionOf(command, context);
    const statements = statementsOf(command, 'deletes', ['q', 'limit']);
    const limits = statements.map((statement) => toNumber(statement.get('limit')));
    if (limits.some((limit) => limit !== 0 && limit !== 1))
      throw badValue('The limit of a delete must be 0 or 1.');
    let n = 0;
    const writeErrors = runStatements(command, statements, (statement, index) => {
      const filter = filterOf(statement);
      return () => {
        for (const { record } of findMatchesToChange(collection, filter)) {
          collection?.remove(record, context.changes);
          n += 1;
          if (limits[index] === 1) break;
        }
      };
    });
    return { n, ...writeErrors };
  },
};

export const findAndModify: Command = {
  fields: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'bypassDocumentValidation'],
  run(command, context) {
    const [removes, isNew, isUpsert] = ['remove', 'new', 'upsert'].map((field) =>
      isTruthy(command.get(field)),
    );
    if (removes === command.has('update'))
      throw badValue('Either an update or remove=true must be specified');
    if (removes && (isNew || isUpsert))
      throw badValue('remove=true goes with neither new=true nor upsert=true');
    const query = documentField(command, 'query');
    const project = projectionField(command, 'fields');
    const show = (document: Document): Document => project?.(document) ?? document;
    const change = removes ? undefined : compileUpdate(command.get('update'));
    const collection = collectionOf(command, context);
    const [match] = findMatches(collection, query, sortField(command)).found;
    if (!change) {
      if (match) collection?.remove(match.record, context.changes);
      return { lastErrorObject: { n: match ? 1 : 0 }, value: match ? show(match.document) : null };
    }
    if (match) {
      // The update works on the document in place, so the old one is read again.
      const before = decodeDocument(match.record.bytes);
      const { after } = updateMatch(command, match, change, context);
      return { lastErrorObject: { n: 1, updatedExisting: true }, value: show(isNew ? after : before) };
    }
    if (!isUpsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
    const inserted = upsert(command, query, change, context);
    const lastErrorObject = { n: 1, updatedExisting: false, upserted: inserted.get('_id') };
    return { lastErrorObject, value: isNew ? show(inserted) : null };
  },
};

const MOST_STATEMENTS = 100_000;

/**
 * Compiles all statements, then runs them one after another and gives the `writeErrors`, if any. An ordered
 * command (the default) stops at the first error. A refusal (238) is no statement's error: it fails the
 * whole command, so that nothing is changed; another mistake counts when its statement's turn comes.
 */
function runStatements(
  command: Document,
  statements: readonly Document[],
  compile: (statement: Document, index: number) => () => void,
): { writeErrors?: Fields[] } {
  if (statements.length === 0 || statements.length > MOST_STATEMENTS)
    throw badValue(`Write batch sizes must be between 1 and ${MOST_STATEMENTS}. Got ${statements.length}`);
  const runs = statements.map((statement, index) => attempt(() => compile(statement, index)));
  const writeErrors: Fields[] = [];
  for (const [index, compiled] of runs.entries()) {
    const error = compiled instanceof CommandError ? compiled : attempt(compiled);
    if (!(error instanceof CommandError)) continue;
    writeErrors.push({ index, code: error.code, ...error.details, errmsg: error.message });
    if (command.get('ordered') !== false) break;
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

/** What `work` returns, or the CommandError that it throws, unless that is a refusal. */
function attempt<T>(work: () => T): T | CommandError {
  try {
    return work();
  } catch (error) {
    if (error instanceof CommandError && error.code !== 238) return error;
    throw error;
  }
}

/** The statements of an update or delete. Throws for missing and unknown fields. */
function statementsOf(
  command: Document,
  field: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Document[] {
  const statements = documentsField(command, field);
  for (const statement of statements) {
    const missing = required.find((name) => !statement.has(name));
    if (missing !== undefined) throw badValue(`'${field}.${missing}' is missing but a required field`);
    const unknown = [...statement.keys()].find(
      (name) => !required.includes(name) && !optional.includes(name),
    );
    if (unknown !== undefined) throw notImplemented(`"${unknown}" in an entry of ${field}`);
  }
  return statements;
}

function filterOf(statement: Document): Document {
  const filter = statement.get('q');
  if (!isDocument(filter)) throw badValue("the field 'q' must be an object");
  compileFilter(filter);
  return filter;
}

/** `_id` first, and nothing that MongoDB 4.4 would not store. */
function insertable(document: Document): Document {
  assertNoDollars(document.keys());
  assertIdType(document.get('_id'));
  // MongoDB would put its own clock's time in its place.
  const isEmptyTime = (value: Value): boolean => value instanceof Timestamp && value.isZero();
  if ([...document.values()].some(isEmptyTime)) throw notImplemented('an empty timestamp');
  return withIdFirst(document);
}

function assertIdType(id: Maybe): void {
  if (isArray(id) || id instanceof BSONRegExp) throw badValue("can't use an array or a regex for _id");
  if (isDocument(id)) assertNoDollars(id.keys());
}
