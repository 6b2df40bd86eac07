import { toBigint } from '../bson/arithmetic.ts';
import { Int32 } from 'bson';
import type { Maybe, Value } from '../bson/value.ts';
import { isArray } from '../bson/value.ts';
import { failedToParse, notImplemented } from '../errors.ts';
import type { Command } from './command.ts';
import { countField, namespaceOf } from './command.ts';

export const getMore: Command = {
  fields: ['collection', 'batchSize'],
  run(command, context) {
    const id = cursorId(command.get('getMore'));
    const batchSize = countField(command, 'batchSize');
    if (batchSize === 0) throw notImplemented('a batchSize of 0 in getMore');
    return context.cursors.more(id, namespaceOf(command, 'collection', context), batchSize);
  },
};

export const killCursors: Command = {
  fields: ['cursors'],
  run(command, { cursors }) {
    const ids = command.get('cursors');
    if (!isArray(ids)) throw failedToParse("'cursors' must be an array");
    const killed: Value[] = [];
    const notFound: Value[] = [];
    for (const id of ids) (cursors.kill(cursorId(id)) ? killed : notFound).push(id);
    return new Map<string, Value>([
      ['cursorsKilled', killed],
      ['cursorsNotFound', notFound],
      ['cursorsAlive', []],
      ['cursorsUnknown', []],
    ]);
  },
};

function cursorId(value: Maybe): bigint {
  if (typeof value === 'bigint' || value instanceof Int32) return toBigint(value);
  throw failedToParse('a cursor id must be a 64-bit integer');
}
