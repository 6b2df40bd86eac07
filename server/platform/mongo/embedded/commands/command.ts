import type { Document } from '../bson/value.ts';
import { isDocument, toNumber } from '../bson/value.ts';
import { CommandError, failedToParse, notImplemented } from '../errors.ts';
import type { ChangeSet } from '../storage/change-set.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { Collection } from '../storage/collection.ts';
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
  run: (command: Document, context: CommandContext) => Document | CursorReply;
}

/** A field that must be a non-empty collection name; returns the whole namespace. */
export function namespaceOf(command: Document, field: string, { database }: CommandContext): string {
  const name = command.get(field);
  if (typeof name !== 'string') throw failedToParse(`'${field}' field must be of BSON type string.`);
  if (name === '') throw new CommandError(73, `Invalid namespace specified '${database}.'`);
  return `${database}.${name}`;
}

export function collectionOf(
  command: Document,
  field: string,
  context: CommandContext,
): Collection | undefined {
  return context.catalog.get(namespaceOf(command, field, context));
}

/** A field that must be a document when it is there; an empty one stands for a missing one. */
export function documentField(command: Document, field: string): Document {
  const value = command.get(field);
  if (value === undefined) return new Map();
  // What null means has changed between versions of MongoDB, and differs between commands.
  if (value === null) throw notImplemented(`null in the place of ${field}`);
  if (!isDocument(value)) throw failedToParse(`'${field}' field must be of BSON type object.`);
  return value;
}

/** A field that must be a whole number, at least 0, when it is there. */
export function countField(command: Document, field: string): number | undefined {
  const value = command.get(field);
  if (value === undefined) return undefined;
  if (value === null) throw notImplemented(`null in the place of ${field}`);
  const number = toNumber(value);
  if (number === undefined) throw failedToParse(`'${field}' must be a number`);
  if (!Number.isInteger(number)) throw notImplemented(`a fraction in the place of ${field}`);
  if (number < 0) throw new CommandError(2, `${field} must not be negative, got ${number}`);
  return number;
}
