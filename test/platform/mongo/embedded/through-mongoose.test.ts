import { Binary, Decimal128, Double, Long, ObjectId } from 'bson';
import { expect } from 'chai';
import mongoose from 'mongoose';
import type { TemporaryStore } from './temporary-store.ts';
import { temporaryStore } from './temporary-store.ts';

describe('The embedded store through mongoose', () => {
  let store: TemporaryStore;
  let connection: mongoose.Connection;

  before(async () => {
    store = await temporaryStore();
    connection = await connect(store);
  });

  after(async () => {
    await connection.close();
    await store.remove();
  });

  it('gives back every type as it was stored', async () => {
    const stored = {
      _id: new ObjectId('000000000000000000000001'),
      amount: 9_007_199_254_740_993n,
      rate: Decimal128.fromString('12.50'),
      count: 3,
      half: 0.5,
      at: new Date('2026-02-28T23:59:59.999Z'),
      hash: new Binary(Buffer.from('abc')),
      tags: ['a', ['b', null]],
      nothing: null,
      žluť: { 'z first': 1, 'a second': 2 },
    };
    await connection.collection('types').insertOne(stored);

    const found = await connection
      .collection('types')
      .findOne({ amount: Long.fromString('9007199254740993') });

    expect(found).to.deep.equal(stored);
    expect(Object.keys(found ?? {})).to.deep.equal(Object.keys(stored));
  });

  it('keeps what an update does not touch, byte by byte', async () => {
    const raw = connection.collection('untouched');
    const decimal = Decimal128.fromString('1.00');
    await raw.insertOne({ 10: 'a', long: 1n, double: new Double(1), decimal, 5: [], n: 0 });
    const before = (await raw.findOne({}, { raw: true })) as unknown as Buffer;
    await raw.updateOne({ n: 0 }, { $inc: { n: 1 } });

    const after = (await raw.findOne({}, { raw: true })) as unknown as Buffer;

    const changed = [...after.keys()].filter((i) => after[i] !== before[i]);
    expect(changed).to.deep.equal([after.length - 5]);
  });

  it('names the index and the values of a duplicate key', async () => {
    const Coupon = connection.model('Coupon', new mongoose.Schema({ merchantId: String, code: String }).index({ merchantId: 1, code: 1 }, { unique: true })); // prettier-ignore
    await Coupon.init();
    await Coupon.create({ merchantId: 'm1', code: 'ANNA10' });
    await Coupon.create({ merchantId: 'm2', code: 'ANNA10' });

    const error = await Coupon.create({ merchantId: 'm1', code: 'ANNA10' }).catch(
      (reason: unknown) => reason,
    );

    expect(error).to.deep.include({
      code: 11000,
      keyPattern: { merchantId: 1, code: 1 },
      keyValue: { merchantId: 'm1', code: 'ANNA10' },
    });
  });

  it('lets exactly one of many clients win the race for a key', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect(store)));
    await connection.collection('races').createIndex({ key: 1 }, { unique: true });

    const results = await Promise.allSettled(
      clients.map((client, i) => client.collection('races').insertOne({ key: 'one', client: i })),
    );

    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    await Promise.all(clients.map((client) => client.close()));
  });

  it('counts every one of many increments at the same time', async () => {
    const clients = await Promise.all(Array.from({ length: 4 }, () => connect(store)));
    await Promise.all(
      clients.flatMap((client) =>
        Array.from({ length: 25 }, () =>
          client
            .collection('counters')
            .updateOne({ _id: 'c' as never }, { $inc: { n: 1n } }, { upsert: true }),
        ),
      ),
    );

    expect(await connection.collection('counters').findOne()).to.deep.equal({ _id: 'c', n: 100n });
    await Promise.all(clients.map((client) => client.close()));
  });

  it('takes a pending event out of its document once', async () => {
    const orders = connection.collection<{
      _id: number;
      state: string;
      pendingEvents: { id: string; at: Date }[];
    }>('orders');
    await orders.createIndex({ 'pendingEvents.at': 1 }, { sparse: true });
    await orders.insertOne({ _id: 1, state: 'new', pendingEvents: [] });
    const event = { id: 'e1', at: new Date('2026-01-01') };
    await orders.updateOne(
      { _id: 1, state: 'new' },
      { $set: { state: 'accepted' }, $push: { pendingEvents: event } },
    );

    const [due] = await orders.find({ 'pendingEvents.at': { $lte: new Date('2026-02-01') } }).toArray();
    const removed = await orders.updateOne({ _id: 1 }, { $pull: { pendingEvents: { id: 'e1' } } });
    const again = await orders.updateOne({ _id: 1 }, { $pull: { pendingEvents: { id: 'e1' } } });

    expect(due).to.deep.equal({ _id: 1, state: 'accepted', pendingEvents: [event] });
    expect([removed.modifiedCount, again.modifiedCount]).to.deep.equal([1, 0]);
  });

  it('keeps or drops _id whatever a projection does with the other fields', async () => {
    const people = connection.collection<{ _id: number; a: number; b: number }>('people');
    await people.insertOne({ _id: 1, a: 2, b: 3 });
    const shown = (projection: object): Promise<unknown> => people.findOne({}, { projection });

    expect(await shown({ a: 1 })).to.deep.equal({ _id: 1, a: 2 });
    expect(await shown({ a: 1, _id: 0 })).to.deep.equal({ a: 2 });
    expect(await shown({ a: 0, _id: 1 })).to.deep.equal({ _id: 1, b: 3 });
    expect(await shown({ a: 0, _id: 0 })).to.deep.equal({ b: 3 });
  });

  it('reads a long result in batches', async () => {
    await connection
      .collection<{ _id: number }>('many')
      .insertMany(Array.from({ length: 1_000 }, (_, i) => ({ _id: i })));

    const ids = (await connection.collection('many').find().sort({ _id: -1 }).batchSize(7).toArray()).map(
      ({ _id }) => Number(_id),
    );

    expect(ids).to.deep.equal(Array.from({ length: 1_000 }, (_, i) => 999 - i));
    expect(store.stats().openCursors).to.equal(0);
  });

  it('sums amounts in groups without leaving 64-bit integers', async () => {
    const postings = connection.collection('postings');
    await postings.insertMany([
      { account: 'a', amount: 9_007_199_254_740_993n },
      { account: 'a', amount: 1n },
      { account: 'b', amount: -5n },
    ]);

    const sums = await postings
      .aggregate([
        { $group: { _id: '$account', total: { $sum: '$amount' }, n: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ])
      .toArray();

    expect(sums).to.deep.equal([
      { _id: 'a', total: 9_007_199_254_740_994n, n: 2 },
      { _id: 'b', total: -5n, n: 1 },
    ]);
  });

  it('refuses what it does not serve, names it, and changes nothing', async () => {
    const safe = connection.collection<{ _id: number; n: number }>('safe');
    await safe.insertOne({ _id: 1, n: 1 });
    const attempts = [
      safe.aggregate([{ $lookup: { from: 'x', localField: 'a', foreignField: 'b', as: 'c' } }]).toArray(),
      safe.updateMany({ $where: 'true' }, { $inc: { n: 1 } }),
      safe.bulkWrite([
        { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } },
        { updateOne: { filter: { $jsonSchema: {} }, update: { $inc: { n: 1 } } } },
      ]),
      safe.createIndex({ n: 'text' }),
      safe.find({}, { collation: { locale: 'cs' } }).toArray(),
      safe.updateOne({}, { $bit: { n: { and: 1 } } }),
      safe.updateOne({}, { $set: { 'l.$[x]': 1 } }, { arrayFilters: [{ x: 1 }] }),
      safe.find({}, { projection: { l: { $elemMatch: { $gt: 1 } } } }).toArray(),
      safe.find({ l: 1 }, { projection: { 'l.$': 1 } }).toArray(),
      connection.db?.command({ collMod: 'safe' }) ?? Promise.reject(new Error('no database')),
    ].map((attempt) => attempt.then(() => 'served', (error: Error & { code: number }) => [error.code, error.message])); // prettier-ignore

    const answers = await Promise.all(attempts);

    const names = ['$lookup', '$where', '$jsonSchema', 'text', 'collation', '$bit', 'arrayFilters', '$elemMatch', 'field.$', 'collMod']; // prettier-ignore
    expect(answers).to.have.length(names.length);
    for (const [i, name] of names.entries()) {
      expect(answers[i]?.[0], name).to.equal(238);
      expect(answers[i]?.[1]).to.contain(name).and.contain('MONGODB_URI');
    }
    expect(await safe.find().toArray()).to.deep.equal([{ _id: 1, n: 1 }]);
    expect(await safe.indexes()).to.have.length(1);
  });
});

function connect({ uri }: TemporaryStore): Promise<mongoose.Connection> {
  return mongoose.createConnection(uri, { useBigInt64: true }).asPromise();
}
