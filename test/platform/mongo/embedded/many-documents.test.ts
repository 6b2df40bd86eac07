import { rm } from 'node:fs/promises';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { scale } from '../../../support/scale.ts';
import { bundleStore, startStoreProcess } from './store-process.ts';
import { temporaryFolder } from './temporary-store.ts';

const LARGEST_MEMORY_MIB = 1.5 * 1024;

describe('A store with many small documents @long', function () {
  this.timeout(600_000);
  const count = scale(20_000, 1_000_000);

  it(`holds ${count} of them in 1.5 GiB, and has them all after a restart`, async () => {
    const folder = await temporaryFolder();
    const script = await bundleStore(folder);
    const first = await startStoreProcess(script, `${folder}/data`, 64 * 2 ** 20);
    await using(first.uri, (client) => fill(client, count));
    await first.kill();

    const startedAt = performance.now();
    const second = await startStoreProcess(script, `${folder}/data`);
    const seconds = (performance.now() - startedAt) / 1000;
    const { stored, memory } = await using(second.uri, async (client) => ({
      stored: await client.db('shop').collection('orders').estimatedDocumentCount(),
      memory: Number((await client.db('admin').command({ serverStatus: 1 }))['mem'].resident),
    }));
    await second.kill();
    await rm(folder, { recursive: true });

    console.log(`      ${count} documents: ${memory} MiB of memory, loaded in ${seconds.toFixed(1)} s`);
    expect(stored).to.equal(count);
    expect(memory).to.be.lessThan(LARGEST_MEMORY_MIB);
  });
});

async function using<T>(uri: string, work: (client: mongoose.mongo.MongoClient) => Promise<T>): Promise<T> {
  const client = await mongoose.mongo.MongoClient.connect(uri);
  return work(client).finally(() => client.close());
}

async function fill(client: mongoose.mongo.MongoClient, count: number): Promise<void> {
  const orders = client
    .db('shop')
    .collection<{ _id: number; reference: string; amount: bigint; currency: string }>('orders');
  await orders.createIndex({ reference: 1 }, { unique: true });
  for (let from = 0; from < count; from += 1_000) {
    const ids = Array.from({ length: 1_000 }, (_, i) => from + i);
    await orders.insertMany(
      ids.map((id) => ({ _id: id, reference: `order-${id}`, amount: BigInt(id), currency: 'EUR' })),
    );
  }
}
