import { Long } from 'bson';
import { expect } from 'chai';
import mongoose from 'mongoose';
import type { TemporaryStore } from './temporary-store.ts';
import { temporaryStore } from './temporary-store.ts';

const NOT_IMPLEMENTED = 238;

const index = (key: object, options: object = {}): object => ({
  createIndexes: 'c',
  indexes: [{ key, name: 'i', ...options }],
});

/** Commands, and the code with which each is answered. */
const ANSWERS: [circumstance: string, command: object, code: number][] = [
  ['a command that MongoDB has', { explain: { find: 'c' } }, NOT_IMPLEMENTED],
  ['a command that no MongoDB has', { nonsense: 1 }, 59],
  ['a wildcard index', index({ '$**': 1 }), NOT_IMPLEMENTED],
  ['a wildcard index below a field', index({ 'a.$**': 1 }), NOT_IMPLEMENTED],
  ['an index of text', index({ a: 'text' }), NOT_IMPLEMENTED],
  ['an index of _id, descending', index({ _id: -1 }), NOT_IMPLEMENTED],
  ['an index of _id with an option', index({ _id: 1 }, { sparse: true }), NOT_IMPLEMENTED],
  [
    'an index that leaves out what has a field',
    index({ a: 1 }, { partialFilterExpression: { a: { $exists: false } } }),
    NOT_IMPLEMENTED,
  ],
  ['dropping an index by its key', { dropIndexes: 'c', index: { a: 1 } }, 26],
  ['an index of no field', index({}), 67],
  ['an index that expires after a century', index({ a: 1 }, { expireAfterSeconds: 3e9 }), 67],
  ['another index under the name of the one of _id', index({ a: 1 }, { name: '_id_' }), 2],
  ['a sort by $natural', { find: 'c', sort: { $natural: -1 } }, NOT_IMPLEMENTED],
  ['a sort by a score', { find: 'c', sort: { a: { $meta: 'textScore' } } }, NOT_IMPLEMENTED],
  ['a hint', { find: 'c', hint: { _id: 1 } }, NOT_IMPLEMENTED],
  ['a search by a regular expression', { find: 'c', filter: { a: /x/ } }, NOT_IMPLEMENTED],
  ['one in a list of values', { find: 'c', filter: { a: { $in: ['a', /x/] } } }, NOT_IMPLEMENTED],
  ['one below a negation', { find: 'c', filter: { a: { $not: /x/ } } }, NOT_IMPLEMENTED],
  ['null as a filter', { find: 'c', filter: null }, NOT_IMPLEMENTED],
  ['a fraction as a limit', { find: 'c', limit: 2.5 }, NOT_IMPLEMENTED],
  ['text as a limit', { find: 'c', limit: '2' }, 9],
  ['a negative limit', { find: 'c', limit: -2 }, 2],
  ['a negative limit of a count', { count: 'c', limit: -2 }, NOT_IMPLEMENTED],
  [
    'an empty batch of getMore',
    { getMore: Long.fromNumber(1), collection: 'c', batchSize: 0 },
    NOT_IMPLEMENTED,
  ],
];

describe('What the embedded store does not take', () => {
  let store: TemporaryStore;
  let client: mongoose.mongo.MongoClient;

  before(async () => {
    store = await temporaryStore();
    client = await mongoose.mongo.MongoClient.connect(store.uri);
  });

  after(async () => {
    await client.close();
    await store.remove();
  });

  for (const [circumstance, command, code] of ANSWERS) {
    it(`is answered with ${code}: ${circumstance}`, async () => {
      const answer = await client.db('test').command(command).catch((error: unknown) => error); // prettier-ignore
      expect(answer).to.include({ code });
    });
  }

  it('lists an index as MongoDB does, whatever the order of its options', async () => {
    const db = client.db('test');
    const options = { background: true, name: 'i', sparse: true, key: { b: 1, a: -1 }, unique: 1 };
    await db.command({ createIndexes: 'listed', indexes: [options] });
    const again = await db.command({ createIndexes: 'listed', indexes: [{ ...options, background: false }] });

    const [, listed] = await db.collection('listed').indexes();
    expect(JSON.stringify(listed)).to.equal(
      '{"v":2,"unique":true,"key":{"b":1,"a":-1},"name":"i","background":true,"sparse":true}',
    );
    expect(again).to.include({ numIndexesBefore: 2, numIndexesAfter: 2 });
  });
});
