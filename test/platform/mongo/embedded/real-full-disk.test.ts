import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { startEmbeddedStore } from '../../../../server/platform/mongo/embedded/index.ts';

const OUT_OF_DISK_SPACE = 14031;

interface Order {
  _id: number;
  text?: string;
}

const isPermitted = mayMount();
const obstacle = isPermitted ? '' : ' (cannot run: mounting a file system is not permitted here)';

describe(`On a real file system of one megabyte${obstacle}`, function () {
  this.timeout(60_000);
  let dir: string;

  before(function () {
    if (!isPermitted) this.skip();
  });

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'refledger-full-'));
    expect(mountAt(dir)).to.equal(true);
  });

  afterEach(() => {
    if (!isPermitted) return;
    spawnSync('umount', [dir]);
    rmSync(dir, { recursive: true });
  });

  it('refuses writes when it is full, loses nothing acknowledged, and goes on when there is room', async () => {
    const ballast = join(dir, 'ballast');
    await writeFile(ballast, Buffer.alloc(512 * 1024));
    const acknowledged: number[] = [];
    const error = await using(`${dir}/store`, async (orders) => {
      const refusal = await insertUntilRefused(orders, acknowledged);
      expect(await idsIn(orders)).to.deep.equal(acknowledged);
      await rm(ballast);
      await orders.insertOne({ _id: -1 });
      acknowledged.unshift(-1);
      return refusal;
    });

    expect(error).to.include({ code: OUT_OF_DISK_SPACE });
    expect(acknowledged.length).to.be.greaterThan(10);
    expect(await using(`${dir}/store`, idsIn)).to.deep.equal(acknowledged);
  });

  it('starts again when it is full, with all that was acknowledged', async () => {
    const acknowledged: number[] = [];
    await using(`${dir}/store`, (orders) => insertUntilRefused(orders, acknowledged));

    expect(await using(`${dir}/store`, idsIn)).to.deep.equal(acknowledged);
  });
});

function mayMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'refledger-mount-'));
  const isMounted = process.platform === 'linux' && mountAt(dir);
  if (isMounted) spawnSync('umount', [dir]);
  rmSync(dir, { recursive: true });
  return isMounted;
}

function mountAt(dir: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir]).status === 0;
}

async function using<T>(
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

/** Writes from four sides at once, so that some batches are refused as a whole; gives the first refusal. */
async function insertUntilRefused(
  orders: mongoose.mongo.Collection<Order>,
  acknowledged: number[],
): Promise<unknown> {
  const text = 'x'.repeat(5_000);
  for (let from = 0; ; from += 4) {
    const ids = [0, 1, 2, 3].map((i) => from + i);
    const results = await Promise.allSettled(ids.map((_id) => orders.insertOne({ _id, text })));
    acknowledged.push(...ids.filter((_, i) => results[i]?.status === 'fulfilled'));
    const refused = results.find((result) => result.status === 'rejected');
    if (refused) return refused.reason as unknown;
  }
}

async function idsIn(orders: mongoose.mongo.Collection<Order>): Promise<number[]> {
  return (await orders.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
}
