import { expect } from 'chai';
import mongoose, { type Connection, type Model } from 'mongoose';
import { countChanges, createCache } from '../../../server/platform/mongo/index.ts';
import { holdDatabase } from '../../support/a-held-database.ts';
import { startDatabase } from '../../support/database.ts';

/** Milliseconds after which the database is asked whether something has changed. */
const LOOK_IS_DUE = 1_010;

interface Code {
  _id: string;
  owner: string;
}

describe('what every click asks, remembered', () => {
  let database: Awaited<ReturnType<typeof startDatabase>>;
  let connection: Connection;
  let codes: Model<Code>;
  before(async () => {
    database = await startDatabase();
    connection = await mongoose.createConnection(database.uri).asPromise();
    const schema = new mongoose.Schema<Code>({ _id: String, owner: String });
    countChanges(connection, schema);
    codes = connection.model<Code>('Code', schema);
  });
  after(async () => {
    await connection.close();
    await database.stop();
  });

  /** The owner of a code as a cache tells it, and how often it had to ask. */
  function directory() {
    const cache = createCache(connection);
    let asked = 0;
    const ownerOf = (code: string) =>
      cache.get(code, async () => {
        asked += 1;
        return (await codes.findById(code).lean())?.owner;
      });
    return { ownerOf, asked: () => asked };
  }

  it('is asked once of the database', async () => {
    await codes.create({ _id: 'anna', owner: 'Anna' });
    const { ownerOf, asked } = directory();
    expect([await ownerOf('anna'), await ownerOf('anna'), await ownerOf('anna')]).to.deep.equal([
      'Anna',
      'Anna',
      'Anna',
    ]);
    expect(asked()).to.equal(1);
  });

  it('is asked once of the database though thousands ask at the same moment', async () => {
    const { ownerOf, asked } = directory();
    const told = await Promise.all(Array.from({ length: 2_000 }, () => ownerOf('anna')));
    expect(new Set(told)).to.deep.equal(new Set(['Anna']));
    expect(asked()).to.equal(1);
  });

  for (const [write, change] of [
    ['a new document', () => codes.create({ _id: 'ben', owner: 'Ben' })],
    ['new documents', () => codes.insertMany([{ _id: 'cleo', owner: 'Cleo' }])],
    ['an update', () => codes.updateOne({ _id: 'anna' }, { $set: { owner: 'Annabel' } })],
    ['an update of several', () => codes.updateMany({}, { $set: { owner: 'all' } })],
    ['an update that is read back', () => codes.findOneAndUpdate({ _id: 'anna' }, { $set: { owner: 'A' } })],
    ['a deletion', () => codes.deleteOne({ _id: 'anna' })],
  ] as const) {
    it(`is asked again after ${write}`, async () => {
      const { ownerOf, asked } = directory();
      await ownerOf('anna');
      await change();
      const told = await ownerOf('anna');
      expect([asked(), told]).to.deep.equal([2, (await codes.findById('anna').lean())?.owner]);
    });
  }

  it('remembers that nobody has a code, and learns of the one who gets it', async () => {
    const { ownerOf } = directory();
    expect(await ownerOf('dora')).to.equal(undefined);
    await codes.create({ _id: 'dora', owner: 'Dora' });
    expect(await ownerOf('dora')).to.equal('Dora');
  });

  it('does not keep what was read while somebody wrote', async () => {
    const cache = createCache(connection);
    await codes.create({ _id: 'eva', owner: 'Eva' });
    const stale = await cache.get('eva', async () => {
      const found = (await codes.findById('eva').lean())?.owner;
      await codes.updateOne({ _id: 'eva' }, { $set: { owner: 'Eve' } });
      return found;
    });
    const next = await cache.get('eva', async () => (await codes.findById('eva').lean())?.owner);
    expect([stale, next]).to.deep.equal(['Eva', 'Eve']);
  });

  it('is told from memory while a slow database is asked what has changed', async () => {
    const way = await holdDatabase(database.uri);
    const slow = await mongoose.createConnection(way.uri).asPromise();
    let milliseconds = 0;
    const cache = createCache(slow, () => milliseconds);
    await cache.get('gus', () => Promise.resolve('Gus'));
    milliseconds += LOOK_IS_DUE;
    way.hold();
    expect(await cache.get('gus', () => Promise.reject(new Error('asked again')))).to.equal('Gus');
    way.release();
    await slow.close();
    await way.stop();
  });

  it('learns within a second of what another process wrote', async () => {
    const { ownerOf } = directory();
    await codes.create({ _id: 'fay', owner: 'Fay' });
    await ownerOf('fay');
    const elsewhere = await mongoose.createConnection(database.uri).asPromise();
    const schema = new mongoose.Schema<Code>({ _id: String, owner: String });
    countChanges(elsewhere, schema);
    await elsewhere.model<Code>('Code', schema).updateOne({ _id: 'fay' }, { $set: { owner: 'Faye' } });
    await elsewhere.close();
    const giveUp = Date.now() + 3_000;
    while ((await ownerOf('fay')) !== 'Faye' && Date.now() < giveUp) await new Promise(setImmediate);
    expect(await ownerOf('fay')).to.equal('Faye');
  });
});
