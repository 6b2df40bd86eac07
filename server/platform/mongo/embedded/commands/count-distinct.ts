import { orderKey } from '../bson/order-key.ts';
import type { Value } from '../bson/value.ts';
import { isArray, numberValue, toNumber } from '../bson/value.ts';
import { failedToParse, notImplemented } from '../errors.ts';
import { findMatches } from '../query/find-matches.ts';
import { someAtPath } from '../query/walk-path.ts';
import type { Command } from './command.ts';
import { collectionOf, countField, documentField } from './command.ts';

export const count: Command = {
  fields: ['query', 'limit', 'skip'],
  run(command, context) {
    const collection = collectionOf(command, 'count', context);
    const query = documentField(command, 'query');
    const found =
      query.size === 0 && collection ? collection.size : [...findMatches(collection, query).found].length;
    if ((toNumber(command.get('limit')) ?? 0) < 0) throw notImplemented('a negative limit in count');
    const skipped = Math.max(found - (countField(command, 'skip') ?? 0), 0);
    return new Map([['n', numberValue(Math.min(skipped, countField(command, 'limit') || Infinity))]]);
  },
};

/** The values of a field, each once and in order; arrays stand for their elements. */
export const distinct: Command = {
  fields: ['key', 'query'],
  run(command, context) {
    const key = command.get('key');
    if (typeof key !== 'string' || key === '') throw failedToParse("'key' must be a non-empty string");
    const values = new Map<string, Value>();
    for (const { document } of findMatches(
      collectionOf(command, 'distinct', context),
      documentField(command, 'query'),
    ).found) {
      someAtPath(document, key.split('.'), 'whole', (value) => {
        for (const one of isArray(value) ? value : [value]) {
          if (one !== undefined && !values.has(orderKey(one))) values.set(orderKey(one), one);
        }
        return false;
      });
    }
    const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map([['values', sorted.map(([, value]) => value)]]);
  },
};
