import { aggregate } from './aggregate.ts';
import { create, drop, dropDatabase, listCollections, listDatabases } from './collections.ts';
import type { Command } from './command.ts';
import { count, distinct } from './count-distinct.ts';
import { getMore, killCursors } from './cursor-commands.ts';
import { deleteCommand } from './delete.ts';
import { find } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { insert } from './insert.ts';
import { buildInfo, endSessions, hello, ping, serverStatus } from './session.ts';
import { update } from './update.ts';

/** Every command, by the name that clients send. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping,
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  endSessions,
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

/** Commands that MongoDB has and the embedded store refuses. */
export const REFUSED_COMMANDS: ReadonlySet<string> = new Set([
  'abortTransaction', 'appendOplogNote', 'applyOps', 'authenticate', 'availableQueryOptions', 'cloneCollectionAsCapped',
  'collMod', 'collStats', 'commitTransaction', 'compact', 'connPoolStats', 'connectionStatus', 'convertToCapped',
  'createRole', 'createUser', 'currentOp', 'dataSize', 'dbHash', 'dbStats', 'dbhash', 'dbstats', 'driverOIDTest',
  'dropAllUsersFromDatabase', 'dropConnections', 'dropRole', 'dropUser', 'explain', 'features', 'filemd5', 'fsync',
  'fsyncUnlock', 'geoSearch', 'getCmdLineOpts', 'getDefaultRWConcern', 'getDiagnosticData', 'getFreeMonitoringStatus',
  'getLastError', 'getLog', 'getParameter', 'getPrevError', 'getShardMap', 'getlasterror', 'grantRolesToUser',
  'hostInfo', 'internalRenameIfOptionsAndIndexesMatch', 'isSelf', 'killAllSessions', 'killOp', 'killSessions',
  'listCommands', 'lockInfo', 'logRotate', 'logout', 'mapReduce', 'mapreduce', 'netstat', 'planCacheClear',
  'planCacheClearFilters', 'planCacheListFilters', 'planCacheSetFilter', 'profile', 'reIndex', 'refreshSessions',
  'renameCollection', 'replSetGetConfig', 'replSetGetStatus', 'replSetInitiate', 'resetError', 'rolesInfo', 'saslContinue',
  'saslStart', 'setFeatureCompatibilityVersion', 'setFreeMonitoring', 'setParameter', 'shutdown',
  'startSession', 'top', 'updateUser', 'usersInfo', 'validate', 'whatsmyuri',
]); // prettier-ignore
