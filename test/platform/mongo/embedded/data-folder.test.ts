import { appendFile, open, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { startEmbeddedStore } from '../../../../server/platform/mongo/embedded/index.ts';
import { bundleStore, startStoreProcess } from './store-process.ts';
import { temporaryFolder, temporaryStore } from './temporary-store.ts';

interface Order {
  _id: number;
  text?: string;
}

describe('The data folder of the embedded store', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await temporaryFolder();
  });

  afterEach(() => rm(dir, { recursive: true, force: true }));

  describe('when the last record was torn by a crash', () => {
    it('drops that record and keeps all before it', async () => {
      await insertOneByOne(dir, [1, 2, 3]);
      const log = join(dir, 'log-00000001');
      await truncate(log, (await readFile(log)).length - 5);

      expect(await storedIds(dir)).to.deep.equal([1, 2]);
      await insertOneByOne(dir, [4]);
      expect(await storedIds(dir)).to.deep.equal([1, 2, 4]);
    });

    it('drops it although its length was written before its bytes', async () => {
      await insertOneByOne(dir, [1, 2]);
      await appendFile(join(dir, 'log-00000001'), Buffer.from('RLG1\x20\0\0\0\0\0\0\0half of it', 'latin1'));

      expect(await storedIds(dir)).to.deep.equal([1, 2]);
    });
  });

  describe('when it was damaged in the middle', () => {
    it('refuses to start, names the file and the place, and changes nothing', async () => {
      await insertOneByOne(dir, [1, 2, 3]);
      const log = join(dir, 'log-00000001');
      const place = (await readFile(log)).indexOf('order 2');
      await overwrite(log, place, 'X');
      const damaged = await readFile(log);

      const failure = await startEmbeddedStore({ dir }).catch((error: Error) => error.message);

      expect(failure).to.match(/log-00000001 is damaged at byte \d+/);
      expect(await readFile(log)).to.deep.equal(damaged);
    });

    it('does not take a damaged length for a torn end', async () => {
      await insertOneByOne(dir, [1, 2, 3]);
      const log = join(dir, 'log-00000001');
      const second = (await readFile(log)).indexOf('RLG1', 1);
      await overwrite(log, second + 7, '\x7f');

      const failure = await startEmbeddedStore({ dir }).catch((error: Error) => error.message);

      expect(failure).to.contain(`is damaged at byte ${second}`);
    });
  });

  it('is for its owner alone when it is new', async function () {
    if (process.platform === 'win32') this.skip();
    await insertOneByOne(`${dir}/new`, [1]);

    expect((await stat(`${dir}/new`)).mode & 0o077).to.equal(0);
  });

  describe('when another process has it open', () => {
    it('tells the second one so, and lets it in at once after the first was killed', async () => {
      const folder = await temporaryFolder();
      const script = await bundleStore(folder);
      const first = await startStoreProcess(script, dir);

      const refusal = await startStoreProcess(script, dir).catch((error: Error) => error.message);
      expect(refusal).to.contain('is in use by another process');
      await first.kill();
      const second = await startStoreProcess(script, dir);
      await second.kill();
      await rm(folder, { recursive: true });
    });

    it('tells a second store of the same process too', async () => {
      const store = await startEmbeddedStore({ dir });
      const refusal = await startEmbeddedStore({ dir }).catch((error: Error) => error.message);
      await store.close();

      expect(refusal).to.contain('is in use');
    });
  });

  describe('when history has grown', () => {
    it('is compacted while clients write, and keeps every document, index and collection', async () => {
      const store = await temporaryStore({ dir, shortestHistoryToCompact: 20_000 });
      const client = await mongoose.mongo.MongoClient.connect(store.uri);
      const orders = client.db('shop').collection<Order & { n: number }>('orders');
      await orders.createIndex({ n: 1 }, { unique: true, name: 'by_n' });
      await client.db('shop').createCollection('empty');
      for (let round = 0; round < 40; round++) {
        await Promise.all(
          range(20).map((id) =>
            orders.updateOne({ _id: id }, { $set: { n: round * 100 + id } }, { upsert: true }),
          ),
        );
      }
      await client.close();
      await store.close();

      const files = await readdir(dir);
      expect(files.filter((name) => name.startsWith('snapshot-'))).to.have.length(1);
      const again = await temporaryStore({ dir });
      const reader = await mongoose.mongo.MongoClient.connect(again.uri);
      const shop = reader.db('shop');
      expect(await shop.collection<Order>('orders').find().sort({ _id: 1 }).toArray()).to.deep.equal(
        range(20).map((id) => ({ _id: id, n: 3900 + id })),
      );
      expect((await shop.collection('orders').indexes()).map(({ name }) => name)).to.deep.equal([
        '_id_',
        'by_n',
      ]);
      expect((await shop.listCollections().toArray()).map(({ name }) => name)).to.deep.equal([
        'empty',
        'orders',
      ]);
      await reader.close();
      await again.remove();
    });

    it('takes up no more than a few times the size of its data', async () => {
      const store = await temporaryStore({ dir, shortestHistoryToCompact: 20_000 });
      const client = await mongoose.mongo.MongoClient.connect(store.uri);
      for (let i = 0; i < 1_000; i++) {
        await client
          .db('shop')
          .collection<Order>('orders')
          .replaceOne({ _id: 1 }, { text: `version ${i}` }, { upsert: true });
      }
      await client.close();
      await store.close();

      const sizes = await Promise.all(
        (await readdir(dir)).map(async (name) => (await readFile(join(dir, name))).length),
      );
      expect(sizes.reduce((sum, size) => sum + size)).to.be.lessThan(60_000);
    });

    it('finds a document again whose update had written its _id last', async () => {
      await withOrders(dir, async (orders) => {
        await orders.insertOne({ _id: 1, text: 'a' });
        await orders.updateOne({ _id: 1 }, [{ $replaceRoot: { newRoot: { text: 'b', _id: '$_id' } } }]);
      });

      expect(await withOrders(dir, (orders) => orders.findOne({ _id: 1 }))).to.deep.equal({
        _id: 1,
        text: 'b',
      });
      expect(await storedIds(dir)).to.deep.equal([1]);
    });

    it('ignores a snapshot that was never finished', async () => {
      await insertOneByOne(dir, [1]);
      await writeFile(join(dir, 'snapshot-unfinished'), 'half');

      expect(await storedIds(dir)).to.deep.equal([1]);
    });
  });
});

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

async function insertOneByOne(dir: string, ids: number[]): Promise<void> {
  await withOrders(dir, async (orders) => {
    for (const id of ids) await orders.insertOne({ _id: id, text: `order ${id}` });
  });
}

async function storedIds(dir: string): Promise<number[]> {
  return withOrders(dir, async (orders) => (await orders.find().toArray()).map(({ _id }) => _id));
}

async function withOrders<T>(
  dir: string,
  work: (orders: mongoose.mongo.Collection<Order>) => Promise<T>,
): Promise<T> {
  const store = await startEmbeddedStore({ dir });
  const client = await mongoose.mongo.MongoClient.connect(store.uri);
  try {
    return await work(client.db('shop').collection<Order>('orders'));
  } finally {
    await client.close();
    await store.close();
  }
}

async function overwrite(path: string, place: number, text: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(Buffer.from(text, 'latin1'), 0, text.length, place);
  await file.close();
}
