import { create, createIndexes, drop, dropDatabase, dropIndexes } from './collection-commands.ts';
import { listCollections, listDatabases, listIndexes } from './collection-commands.ts';
import type { Command } from './command.ts';
import { aggregate, count, distinct, find, getMore, killCursors } from './query-commands.ts';
import { buildInfo, hello, nothing, serverStatus } from './session.ts';
import { deleteCommand, findAndModify, insert, update } from './write-commands.ts';

/** Every command, by the name that clients send. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: nothing,
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  endSessions: nothing,
  insert,
  find,
  getMore,
  killCursors,
  update,
  delete: deleteCommand,
  findAndModify,
  findandmodify: findAndModify,
  aggregate,
  count,
  distinct,
  createIndexes,
  listIndexes,
  dropIndexes,
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
};
