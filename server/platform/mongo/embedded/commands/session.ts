import { Double } from 'bson';
import type { Document, Value } from '../bson/value.ts';
import { numberValue } from '../bson/value.ts';
import { LARGEST_DOCUMENT } from '../bson/encode-document.ts';
import type { Command } from './command.ts';

/** Wire version 9 is MongoDB 4.4, whose answers this store gives. */
const VERSION = '4.4.0';
const WIRE_VERSION = 9;
export const LARGEST_MESSAGE = 48_000_000;

/** A standalone server, as drivers ask for it. */
export const hello: Command = {
  fields: 'any',
  run: (_command, { now }) =>
    new Map<string, Value>([
      ['helloOk', true],
      ['ismaster', true],
      ['isWritablePrimary', true],
      ['maxBsonObjectSize', numberValue(LARGEST_DOCUMENT)],
      ['maxMessageSizeBytes', numberValue(LARGEST_MESSAGE)],
      ['maxWriteBatchSize', numberValue(100_000)],
      ['localTime', now()],
      ['logicalSessionTimeoutMinutes', numberValue(30)],
      ['minWireVersion', numberValue(0)],
      ['maxWireVersion', numberValue(WIRE_VERSION)],
      ['readOnly', false],
    ]),
};

const nothing = (): Document => new Map();

export const ping: Command = { fields: 'any', run: nothing };

/** Sessions carry no state here, as there are no transactions. */
export const endSessions: Command = { fields: 'any', run: nothing };

export const buildInfo: Command = {
  fields: [],
  run: () =>
    new Map<string, Value>([
      ['version', VERSION],
      ['versionArray', VERSION.split('.').map((part) => numberValue(+part)).concat(numberValue(0))], // prettier-ignore
      ['modules', ['refledger-embedded']],
      ['maxBsonObjectSize', numberValue(LARGEST_DOCUMENT)],
    ]),
};

export const serverStatus: Command = {
  fields: [],
  run: (_command, { catalog, cursors, now }) =>
    new Map<string, Value>([
      ['version', VERSION],
      ['process', 'refledger'],
      ['localTime', now()],
      ['collections', numberValue(catalog.all().length)],
      ['documentsExamined', new Double(catalog.counters.documentsExamined)],
      ['openCursors', numberValue(cursors.count)],
      ['mem', new Map([['resident', numberValue(Math.round(process.memoryUsage.rss() / 2 ** 20))]])],
    ]),
};
