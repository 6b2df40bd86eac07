import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'bson';
import mongoose from 'mongoose';
import { startEmbeddedStore } from '../../server/platform/mongo/embedded/index.ts';
import { decodeDocument } from '../../server/platform/mongo/embedded/values/bson.ts';
import { compare, time } from './compare.ts';
import { startMapServer } from './map-server.ts';
import { PlainFile } from './plain-file.ts';

const STORED = 10_000;
const OPERATIONS = 2_000;
const CLIENTS_BY_KEY = 16;

interface Order {
  key: string;
  amount: number;
  currency: string;
  note: string;
}

const anOrder = (number: number): Order => ({
  key: `order-${number}`,
  amount: number,
  currency: 'EUR',
  note: 'what a small order of a small shop may hold besides its amount'.repeat(3),
});

/** The embedded store against a plain file and against a Map; clients and servers share this process. */
export async function benchStore(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'refledger-bench-'));
  const store = await startEmbeddedStore({ dir: join(folder, 'store') });
  const file = await PlainFile.create(join(folder, 'plain'));
  for (const clients of [1, 32, 256]) await benchInserts(store.uri, file, clients);
  await benchInsertMany(store.uri, file);
  await benchByKey(store.uri, file);
  await file.close();
  await store.close();
  await rm(folder, { recursive: true });
}

async function benchInserts(uri: string, file: PlainFile, clients: number): Promise<void> {
  const client = await connect(uri, clients);
  const orders = client.db('bench').collection(`inserts${clients}`);
  const count = clients === 1 ? 500 : OPERATIONS;
  await compare(
    `${count} durable inserts one by one, ${clients} clients`,
    ['embedded store', () => time(() => share(count, clients, (i) => orders.insertOne(anOrder(i))))],
    ['plain file', () => time(() => share(count, clients, (i) => file.append(serialize(anOrder(i)))))],
  );
  await client.close();
}

async function benchInsertMany(uri: string, file: PlainFile): Promise<void> {
  const client = await connect(uri, 1);
  const many = Array.from({ length: 1_000 }, (_, i) => anOrder(i));
  const orders = client.db('bench').collection('many');
  const bytes = (): Buffer => Buffer.concat(many.map((order) => serialize(order)));
  await compare(
    'insertMany of 1 000',
    ['embedded store', () => time(() => orders.insertMany(many.map((order) => ({ ...order }))))],
    ['plain file', () => time(() => file.append(bytes()))],
  );
  await client.close();
}

async function benchByKey(uri: string, file: PlainFile): Promise<void> {
  const stored = Array.from({ length: STORED }, (_, i) => anOrder(i));
  const map = new Map(stored.map((order) => [order.key, decodeDocument(serialize(order))]));
  const server = await startMapServer(map, file);
  const [client, mapClient] = [await connect(uri, CLIENTS_BY_KEY), await connect(server.uri, CLIENTS_BY_KEY)];
  const [orders, mapped] = [client, mapClient].map((each) => each.db('bench').collection<Order>('c'));
  if (!orders || !mapped) throw new Error('no collections');
  await orders.createIndex({ key: 1 }, { unique: true });
  await orders.insertMany(stored);
  const key = (i: number): string => `order-${(i * 7_919) % STORED}`;
  const finds = (from: typeof orders) =>
    time(() => share(OPERATIONS, CLIENTS_BY_KEY, (i) => from.findOne({ key: key(i) })));
  const updates = (from: typeof orders) =>
    time(() =>
      share(OPERATIONS, CLIENTS_BY_KEY, (i) =>
        from.updateOne({ key: key(i) }, { $set: { amount: Math.random() } }),
      ),
    );
  const by = `${OPERATIONS} by key of ${STORED}, ${CLIENTS_BY_KEY} clients`;
  await compare(`find ${by}`, ['embedded store', () => finds(orders)], ['Map behind the same wire', () => finds(mapped)]); // prettier-ignore
  await compare(`update ${by}`, ['embedded store', () => updates(orders)], ['Map and plain file behind the same wire', () => updates(mapped)]); // prettier-ignore
  await Promise.all([client.close(), mapClient.close()]);
  await server.close();
}

function connect(uri: string, clients: number): Promise<mongoose.mongo.MongoClient> {
  return mongoose.mongo.MongoClient.connect(uri, { minPoolSize: clients, maxPoolSize: clients });
}

/** Does `count` pieces of work, as many at a time as there are clients. */
async function share(count: number, clients: number, work: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: clients }, one));
}
