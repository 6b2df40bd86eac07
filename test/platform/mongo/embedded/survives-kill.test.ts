import { rm } from 'node:fs/promises';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { SEED, scale, seededRandom } from '../../../support/scale.ts';
import type { StoreProcess } from './store-process.ts';
import { bundleStore, startStoreProcess } from './store-process.ts';
import { temporaryFolder } from './temporary-store.ts';

type Client = mongoose.mongo.MongoClient;
type Collection = mongoose.mongo.Collection<{ _id: string; half?: number }>;

const CLIENTS = [0, 1, 2, 3];

describe('When the store is killed while four clients write @long', function () {
  this.timeout(600_000);
  const kills = scale(20, 200);

  it(`has every acknowledged write, no half of one and no duplicate key after each of ${kills} kills (seed ${SEED})`, async () => {
    const folder = await temporaryFolder();
    const dir = `${folder}/data`;
    const script = await bundleStore(folder);
    const random = seededRandom(SEED);
    const acknowledged = new Set<string>();

    for (let round = 0; round < kills; round++) {
      // A small history makes many kills hit a snapshot that is being written.
      const store = await startStoreProcess(script, dir, 64 * 1024);
      const untilKill = acknowledged.size + 1 + Math.floor(random() * 120);
      await withClients(store, CLIENTS.length, async (clients) => {
        await expectAllThere(clients[0]!, acknowledged, random);
        await Promise.all(
          clients.map((client, i) =>
            writeUntilKilled(client, `${round}-${i}`, store, (id) => {
              acknowledged.add(id);
              return acknowledged.size >= untilKill;
            }),
          ),
        );
      });
    }

    const store = await startStoreProcess(script, dir);
    await withClients(store, 1, ([client]) => expectAllThere(client!, acknowledged, random));
    await rm(folder, { recursive: true });
  });
});

/** Works with clients of a store process; afterwards both are gone, whatever happened. */
async function withClients(
  store: StoreProcess,
  count: number,
  work: (clients: Client[]) => Promise<unknown>,
): Promise<void> {
  const clients = await Promise.all(Array.from({ length: count }, () => connect(store.uri)));
  try {
    await work(clients);
  } finally {
    await store.kill();
    await Promise.all(clients.map((client) => client.close()));
  }
}

async function connect(uri: string): Promise<Client> {
  return mongoose.mongo.MongoClient.connect(uri, { retryWrites: false, serverSelectionTimeoutMS: 5_000 });
}

function pairs(client: Client): Collection {
  return client.db('test').collection('pairs');
}

/** Writes two documents with each command, and kills the store once enough is acknowledged. */
async function writeUntilKilled(
  client: Client,
  name: string,
  store: StoreProcess,
  isEnough: (id: string) => boolean,
): Promise<void> {
  try {
    await pairs(client).createIndex({ key: 1 }, { unique: true });
    for (let i = 0; ; i++) {
      const id = `${name}-${i}`;
      await pairs(client).insertMany(
        [0, 1].map((half) => ({ _id: `${id}-${half}`, key: `${id}-${half}`, half })),
      );
      if (isEnough(id)) void store.kill();
    }
  } catch (error) {
    if (!store.isKilled()) throw error;
  }
}

async function expectAllThere(
  client: Client,
  acknowledged: ReadonlySet<string>,
  random: () => number,
): Promise<void> {
  const stored = new Set((await pairs(client).find().toArray()).map(({ _id }) => _id));
  const missing = [...acknowledged].filter((id) => !stored.has(`${id}-0`) || !stored.has(`${id}-1`));
  expect(missing, 'acknowledged and lost').to.deep.equal([]);
  const halves = [...stored].filter(
    (id) => !stored.has(id.replace(/.$/, (half) => (half === '0' ? '1' : '0'))),
  );
  expect(halves, 'written by half').to.deep.equal([]);
  if (acknowledged.size === 0) return;
  const known = [...acknowledged][Math.floor(random() * acknowledged.size)];
  const duplicate = await pairs(client)
    .insertOne({ _id: 'another', ...{ key: `${known}-0` } })
    .catch((error: unknown) => error);
  expect(duplicate).to.include({ code: 11000 });
}
