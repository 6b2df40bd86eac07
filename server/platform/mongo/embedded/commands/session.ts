import { LARGEST_DOCUMENT } from '../storage/collection.ts';
import { LARGEST_MESSAGE } from '../wire/messages.ts';
import type { Command } from './command.ts';

/** Wire version 9 is MongoDB 4.4, whose answers this store gives. */
const VERSION = '4.4.0';
const WIRE_VERSION = 9;

/** A standalone server, as drivers ask for it. */
export const hello: Command = {
  fields: 'any',
  run: (_command, { now }) => ({
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: LARGEST_DOCUMENT,
    maxMessageSizeBytes: LARGEST_MESSAGE,
    maxWriteBatchSize: 100_000,
    localTime: now(),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  }),
};

/** `ping`, and `endSessions`: sessions carry no state here, as there are no transactions. */
export const nothing: Command = { fields: 'any', run: () => ({}) };

export const buildInfo: Command = {
  fields: [],
  run: () => ({
    version: VERSION,
    versionArray: [...VERSION.split('.').map((part) => +part), 0],
    modules: ['refledger-embedded'],
    maxBsonObjectSize: LARGEST_DOCUMENT,
  }),
};

export const serverStatus: Command = {
  fields: [],
  run: (_command, { catalog, cursors, now }) => ({
    version: VERSION,
    process: 'refledger',
    localTime: now(),
    collections: catalog.all().length,
    documentsExamined: catalog.counters.documentsExamined,
    openCursors: cursors.count,
    mem: { resident: Math.round(process.memoryUsage.rss() / 2 ** 20) },
  }),
};
