import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { createBatchWriter, TooMuchWaiting } from '../../../server/platform/mongo/index.ts';
import { startDatabase } from '../../support/database.ts';

interface Click {
  _id: string;
  key?: string;
}

describe('documents that are written in batches', () => {
  let database: Awaited<ReturnType<typeof startDatabase>>;
  let connection: Connection;
  before(async () => {
    database = await startDatabase();
    connection = await mongoose.createConnection(database.uri).asPromise();
    await connection.collection('clicks').createIndex({ key: 1 }, { unique: true, sparse: true });
  });
  after(async () => {
    await connection.close();
    await database.stop();
  });

  it('are there when each is answered, a thousand at once', async () => {
    const writer = createBatchWriter<Click>(connection, 'clicks', 5_000);
    const written = Array.from({ length: 1_500 }, (_, index) => writer.insert({ _id: `many-${index}` }));
    expect(new Set(await Promise.all(written))).to.deep.equal(new Set(['inserted']));
    expect(await connection.collection('clicks').countDocuments()).to.equal(1_500);
  });

  it('are told apart when one of a batch is there already', async () => {
    const writer = createBatchWriter<Click>(connection, 'clicks', 100);
    const outcomes = await Promise.all([
      writer.insert({ _id: 'one', key: 'same' }),
      writer.insert({ _id: 'two', key: 'same' }),
      writer.insert({ _id: 'three', key: 'other' }),
    ]);
    expect(outcomes).to.deep.equal(['inserted', 'duplicate', 'inserted']);
  });

  it('are refused at once when too many wait, and taken again when those are written', async () => {
    const writer = createBatchWriter<Click>(connection, 'clicks', 2);
    const first = [writer.insert({ _id: 'first' }), writer.insert({ _id: 'second' })];
    const refused = await writer.insert({ _id: 'third' }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(TooMuchWaiting);
    await Promise.all(first);
    await writer.drain();
    expect(await writer.insert({ _id: 'third' })).to.equal('inserted');
  });

  it('are refused when the database is away, each of them', async () => {
    const away = await mongoose.createConnection(database.uri).asPromise();
    const writer = createBatchWriter<Click>(away, 'clicks', 10);
    await away.close();
    const failures = await Promise.allSettled([writer.insert({ _id: 'x' }), writer.insert({ _id: 'y' })]);
    expect(failures.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
  });
});
