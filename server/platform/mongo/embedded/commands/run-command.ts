import type { Document } from '../bson/value.ts';
import { isTruthy } from '../bson/value.ts';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import { ChangeSet } from '../storage/change-set.ts';
import type { Database } from '../storage/database.ts';
import { COMMANDS, REFUSED_COMMANDS } from './commands.ts';
import type { Command } from './command.ts';
import type { Cursors } from './cursors.ts';
import type { CursorReply } from './reply.ts';
import { encodeError, encodeReply } from './reply.ts';

/** Fields that every command may have. They change nothing that a single durable server would answer. */
export const COMMON_FIELDS = new Set([
  '$db', 'lsid', '$clusterTime', '$readPreference', 'readConcern', 'writeConcern', 'maxTimeMS', 'comment',
  'apiVersion', 'apiStrict', 'apiDeprecationErrors',
]); // prettier-ignore

/** Runs one command and gives its whole reply, once everything that the reply shows is durable. */
export async function runCommand(
  command: Document,
  database: Database,
  cursors: Cursors,
  now: () => Date,
): Promise<Uint8Array> {
  const changes = new ChangeSet();
  try {
    const reply = runInMemory(command, database, cursors, changes, now);
    await database.commit(changes);
    return encodeReply(reply);
  } catch (error) {
    if (error instanceof CommandError) return encodeError(error);
    throw error;
  }
}

// Runs without a pause, so commands of different clients never mix.
function runInMemory(
  command: Document,
  { catalog }: Database,
  cursors: Cursors,
  changes: ChangeSet,
  now: () => Date,
): Document | CursorReply {
  const [name = ''] = command.keys();
  const handler = COMMANDS[name];
  if (!handler)
    throw REFUSED_COMMANDS.has(name)
      ? notImplemented(name)
      : new CommandError(59, `no such command: '${name}'`);
  assertKnownFields(name, command, handler);
  const database = command.get('$db');
  if (typeof database !== 'string' || database === '') throw badValue('$db must name a database');
  try {
    return handler.run(command, { database, catalog, changes, cursors, now });
  } catch (error) {
    changes.undo();
    throw error;
  }
}

function assertKnownFields(name: string, command: Document, { fields }: Command): void {
  if (fields === 'any') return;
  const unknown = [...command.keys()].find(
    (field) => field !== name && !COMMON_FIELDS.has(field) && !fields.includes(field),
  );
  if (unknown !== undefined && isTruthy(command.get(unknown)))
    throw notImplemented(`"${unknown}" in ${name}`);
}
