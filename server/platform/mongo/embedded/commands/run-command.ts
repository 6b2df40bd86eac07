import type { Fields } from '../errors.ts';
import { CommandError, badValue, notImplemented } from '../errors.ts';
import { REFUSED_COMMANDS } from '../refused-names.ts';
import { ChangeSet } from '../storage/change-set.ts';
import type { Database } from '../storage/database.ts';
import type { Document } from '../values/value.ts';
import { isTruthy } from '../values/value.ts';
import { COMMANDS } from './commands.ts';
import type { Cursors } from './cursors.ts';
import type { CursorReply } from './reply.ts';
import { encodeReply } from './reply.ts';

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
  const reply = runInMemory(command, database, cursors, changes, now);
  await database.commit(changes);
  return encodeReply(reply);
}

// Runs without a pause, so commands of different clients never mix.
function runInMemory(
  command: Document,
  { catalog }: Database,
  cursors: Cursors,
  changes: ChangeSet,
  now: () => Date,
): Fields | CursorReply {
  const [name = ''] = command.keys();
  const handler = COMMANDS[name];
  if (REFUSED_COMMANDS.has(name)) throw notImplemented(name);
  if (!handler) throw new CommandError(59, `no such command: '${name}'`);
  const isKnown = (field: string): boolean =>
    field === name || COMMON_FIELDS.has(field) || handler.fields === 'any' || handler.fields.includes(field);
  const unknown = [...command].find(([field, value]) => !isKnown(field) && isTruthy(value));
  if (unknown !== undefined) throw notImplemented(`"${unknown[0]}" in ${name}`);
  const database = command.get('$db');
  if (typeof database !== 'string' || database === '') throw badValue('$db must name a database');
  try {
    return handler.run(command, { database, catalog, changes, cursors, now });
  } catch (error) {
    changes.undo();
    throw error;
  }
}
