import type { Document, Value } from '../bson/value.ts';
import { isArray, isDocument, isTruthy, numberValue } from '../bson/value.ts';
import { CommandError, failedToParse, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { findMatchesToChange } from '../query/find-matches.ts';
import { buildUpsert } from '../update/build-upsert.ts';
import type { Update } from '../update/compile-update.ts';
import { compileUpdate } from '../update/compile-update.ts';
import { updateDocument } from '../update/update-document.ts';
import type { Command, CommandContext } from './command.ts';
import { namespaceOf } from './command.ts';
import { assertIdType } from './insert.ts';
import { runStatements } from './write-statements.ts';

const STATEMENT_FIELDS = ['q', 'u', 'upsert', 'multi'];

interface Outcome {
  matched: number;
  modified: number;
  upsertedId?: Value;
}

export const update: Command = {
  fields: ['updates', 'ordered', 'bypassDocumentValidation'],
  run(command, context) {
    const namespace = namespaceOf(command, 'update', context);
    const statements = statementsOf(command, 'updates', STATEMENT_FIELDS, ['q', 'u']);
    let matched = 0;
    let modified = 0;
    const upserted: Document[] = [];
    const writeErrors = runStatements(
      command,
      refuseFirst(statements, compileStatement),
      (statement, index) => {
        const outcome = runUpdate(namespace, statement(), context);
        matched += outcome.matched;
        modified += outcome.modified;
        if (outcome.upsertedId === undefined) return;
        upserted.push(new Map<string, Value>([['index', numberValue(index)], ['_id', outcome.upsertedId]])); // prettier-ignore
      },
    );
    return new Map<string, Value>([
      ['n', numberValue(matched)],
      ['nModified', numberValue(modified)],
      ...(upserted.length > 0 ? [['upserted', upserted] as const] : []),
      ...writeErrors,
    ]);
  },
};

interface Statement {
  filter: Document;
  update: Update;
  isMulti: boolean;
  isUpsert: boolean;
}

function compileStatement(statement: Document): Statement {
  const filter = statement.get('q');
  if (!isDocument(filter)) throw failedToParse("the field 'q' must be an object");
  compileFilter(filter);
  const compiled = compileUpdate(statement.get('u'));
  const isMulti = isTruthy(statement.get('multi'));
  if (isMulti && compiled.isReplacement)
    throw failedToParse('multi update is not supported for replacement-style update');
  return { filter, update: compiled, isMulti, isUpsert: isTruthy(statement.get('upsert')) };
}

function runUpdate(namespace: string, statement: Statement, context: CommandContext): Outcome {
  const { filter, update, isMulti, isUpsert } = statement;
  const { catalog, changes, now } = context;
  const collection = catalog.get(namespace);
  let matched = 0;
  let modified = 0;
  for (const match of findMatchesToChange(collection, filter)) {
    matched += 1;
    if (updateDocument(catalog.load(namespace), match, update, now(), changes).isModified) modified += 1;
    if (!isMulti) break;
  }
  if (matched > 0 || !isUpsert) return { matched, modified };
  return {
    matched: 1,
    modified: 0,
    upsertedId: upsert(namespace, filter, update, context).get('_id') ?? null,
  };
}

/** Inserts what the filter and the update make; returns the new document. */
export function upsert(
  namespace: string,
  filter: Document,
  update: Update,
  { catalog, changes, now }: CommandContext,
): Document {
  const collection = catalog.ensure(namespace, changes);
  const document = buildUpsert(filter, update, now());
  assertIdType(document.get('_id'));
  collection.insert(document, changes);
  return document;
}

/** The statements of an update or delete. Throws for missing and unknown fields. */
export function statementsOf(
  command: Document,
  field: string,
  known: readonly string[],
  required: readonly string[],
): Document[] {
  const statements = command.get(field);
  if (!isArray(statements))
    throw new CommandError(40414, `BSON field '${field}' is missing but a required field`);
  return statements.map((statement) => {
    if (!isDocument(statement)) throw failedToParse(`every entry of ${field} must be an object`);
    const missing = required.find((name) => !statement.has(name));
    if (missing !== undefined)
      throw new CommandError(40414, `BSON field '${field}.${missing}' is missing but a required field`);
    const unknown = [...statement.keys()].find((name) => !known.includes(name));
    if (unknown !== undefined) throw notImplemented(`"${unknown}" in an entry of ${field}`);
    return statement;
  });
}

/**
 * Compiles all statements before the first one runs: a refusal is thrown at once, another mistake when
 * its statement's turn comes.
 */
export function refuseFirst<T>(
  statements: readonly Document[],
  compile: (statement: Document) => T,
): (() => T)[] {
  return statements.map((statement) => {
    try {
      const compiled = compile(statement);
      return () => compiled;
    } catch (error) {
      if (!(error instanceof CommandError) || error.code === 238) throw error;
      return () => {
        throw error;
      };
    }
  });
}
