import type { Fields } from '../errors.ts';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import type { KeyField } from '../indexes/index-spec.ts';
import { parseSort } from '../indexes/index-spec.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { ChangeSet } from '../storage/change-set.ts';
import type { Collection } from '../storage/collection.ts';
import type { Document } from '../values/value.ts';
import { isArray, isDocument, toNumber } from '../values/value.ts';
import type { Cursors } from './cursors.ts';
import type { CursorReply } from './reply.ts';

/** What a command works with. Its changes go to the log together when it has returned. */
export interface CommandContext {
  database: string;
  catalog: Catalog;
  changes: ChangeSet;
  cursors: Cursors;
  now: () => Date;
}

/** One command: the fields it understands besides those that every command may have, and what it does. */
export interface Command {
  /** "any" for commands to which drivers keep adding fields that say something about themselves. */
  fields: readonly string[] | 'any';
  run: (command: Document, context: CommandContext) => Fields | CursorReply;
}

/** The whole namespace of the collection that a field names, which is the command's own one if none is given. */
export function namespaceOf(command: Document, { database }: CommandContext, field?: string): string {
  const name = command.get(field ?? [...command.keys()][0] ?? '');
  if (typeof name !== 'string') throw badValue('a collection is named by a string');
  if (name === '') throw new CommandError(73, `Invalid namespace specified '${database}.'`);
  return `${database}.${name}`;
}

export function collectionOf(command: Document, context: CommandContext): Collection | undefined {
  return context.catalog.get(namespaceOf(command, context));
}

/** As `collectionOf`. Throws CommandError 26 when it does not exist. */
export function collectionOrThrow(command: Document, context: CommandContext): Collection {
  const collection = collectionOf(command, context);
  if (!collection) throw new CommandError(26, `ns does not exist: ${namespaceOf(command, context)}`);
  return collection;
}

/** A field that must be a document when it is there; an empty one stands for a missing one. */
export function documentField(command: Document, field: string): Document {
  const value = command.get(field);
  if (value === undefined) return new Map();
  // What null means has changed between versions of MongoDB, and differs between commands.
  if (value === null) throw notImplemented(`null in the place of ${field}`);
  if (!isDocument(value)) throw badValue(`'${field}' field must be of BSON type object.`);
  return value;
}

/** The fields to sort by; none when there is no sort or an empty one. */
export function sortField(command: Document): KeyField[] {
  const sort = documentField(command, 'sort');
  return sort.size > 0 ? parseSort(sort) : [];
}

/** A field that must be a list of documents. */
export function documentsField(command: Document, field: string): Document[] {
  const list = command.get(field);
  if (!isArray(list) || !list.every(isDocument)) throw badValue(`'${field}' must be a list of objects`);
  return list;
}

/** A field that must be a whole number, at least 0, when it is there. */
export function countField(command: Document, field: string): number | undefined {
  const value = command.get(field);
  if (value === undefined) return undefined;
  if (value === null) throw notImplemented(`null in the place of ${field}`);
  const number = toNumber(value);
  if (number === undefined) throw new CommandError(9, `'${field}' must be a number`);
  if (!Number.isInteger(number)) throw notImplemented(`a fraction in the place of ${field}`);
  if (number < 0) throw badValue(`${field} must not be negative, got ${number}`);
  return number;
}

/** The size that a command's `cursor` asks for. */
export function batchSizeOf(command: Document): number | undefined {
  return countField(documentField(command, 'cursor'), 'batchSize');
}
