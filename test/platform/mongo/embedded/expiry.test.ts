import { expect } from 'chai';
import mongoose from 'mongoose';
import { temporaryStore } from './temporary-store.ts';

describe('Documents of a collection with a TTL index', () => {
  it('are removed when their time is over, the others stay', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const store = await temporaryStore({ now: () => now, expiryIntervalMs: 5 });
    const client = await mongoose.mongo.MongoClient.connect(store.uri);
    const sessions = client.db('test').collection<{ _id: string; at?: Date | Date[] }>('sessions');
    await sessions.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await sessions.insertMany([
      { _id: 'old', at: new Date('2026-01-01T00:00:00Z') },
      { _id: 'one date of two is old', at: [new Date('2026-01-01T00:00:00Z'), new Date('2026-06-01')] },
      { _id: 'young', at: new Date('2026-01-01T00:00:30Z') },
      { _id: 'without a date' },
    ]);

    now = new Date('2026-01-01T00:01:01Z');
    let left = await ids(sessions);
    while (left.length > 2) left = await ids(sessions);

    expect(left).to.deep.equal(['without a date', 'young']);
    await client.close();
    await store.remove();
  });
});

describe('A cursor that nobody reads', () => {
  it('is forgotten after ten minutes', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const store = await temporaryStore({ now: () => now });
    const client = await mongoose.mongo.MongoClient.connect(store.uri);
    const db = client.db('test');
    await db.collection<{ _id: number }>('c').insertMany([1, 2, 3, 4].map((_id) => ({ _id })));
    const reply = await db.command({ find: 'c', batchSize: 1 });
    const id = mongoose.mongo.Long.fromNumber(Number(reply['cursor'].id));

    now = new Date('2026-01-01T00:09:59Z');
    expect(
      (await db.command({ getMore: id, collection: 'c', batchSize: 1 }))['cursor'].nextBatch,
    ).to.have.length(1);
    now = new Date('2026-01-01T00:20:00Z');
    const error = await db.command({ getMore: id, collection: 'c' }).catch((reason: unknown) => reason);

    expect(error).to.include({ code: 43 });
    await client.close();
    await store.remove();
  });
});

async function ids(collection: mongoose.mongo.Collection<{ _id: string }>): Promise<string[]> {
  return (await collection.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
}
