// npm run bench [-- start|acceptance|storefront|profile|money|store ...]
// Ratios of one run, measured side by side in interleaved rounds; the medians are printed. Never a test.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import mongoose from 'mongoose';
import pLimit from 'p-limit';
import { startServer } from '../support/a-server.ts';
import { openShop } from '../support/a-shop.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { startDatabase } from '../support/database.ts';
import { benchMoney } from './bench-money.ts';
import { benchStore } from './bench-store.ts';
import { benchStorefront } from './bench-storefront.ts';
import { compare, time } from './compare.ts';
import { profileStorefront } from './profile-storefront.ts';

const LAUNCHER = resolve(import.meta.dirname, '../../server/refledger.mjs');

/** 200 orders of a shop with 16 requests at a time, against one durable insert each into the same kind of store. */
async function benchAcceptance(): Promise<void> {
  const at = await startServer();
  const shop = await openShop(at);
  at.clock.now = new Date('2026-10-02T10:05:00Z');
  const database = await startDatabase();
  const connection = await mongoose.createConnection(database.uri).asPromise();
  const limit = pLimit(16);
  const numbers = Array.from({ length: 200 }, (_, index) => index);
  let round = 0;
  const order = (number: number) =>
    anOrderEvent({ id: `${round}-${number}`, referral: { code: 'anna', source: 'cookie' } });
  const accept = () => {
    round += 1;
    return time(() =>
      Promise.all(numbers.map((number) => limit(() => shop.sendEvents([order(number)], { settle: false })))),
    );
  };
  const insert = () =>
    time(() =>
      Promise.all(
        numbers.map((number) => limit(() => connection.collection('plain').insertOne(order(number)))),
      ),
    );
  const settle = async () => {
    const seconds = await accept();
    return seconds + (await time(() => at.server.idle()));
  };
  await compare(
    '200 signed orders accepted, against 200 durable inserts',
    ['accepted', accept],
    ['inserted', insert],
  );
  await at.server.idle();
  await compare(
    '200 signed orders until mailed, against 200 durable inserts',
    ['mailed', settle],
    ['inserted', insert],
  );
  await connection.close();
  await database.stop();
  await at.stop();
}

/** From the command to "listens", against starting Node.js alone. */
async function benchStart(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'refledger-bench-'));
  const until = (args: string[], sign: RegExp) =>
    time(
      () =>
        new Promise<void>((done) => {
          const child = spawn(process.execPath, args, {
            env: { PATH: '', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' },
          });
          child.stdout.on('data', (chunk: Buffer) => {
            if (sign.test(chunk.toString())) child.kill('SIGTERM');
          });
          child.once('exit', () => done());
        }),
    );
  await compare(
    'start-up and stop, against Node.js alone',
    ['refledger serve', () => until([LAUNCHER, 'serve'], /listens on/)],
    ['node', () => until(['-e', 'console.log("listens on")'], /listens on/)],
  );
  await rm(dataDir, { recursive: true, force: true });
}

const parts: Record<string, () => Promise<void>> = {
  start: benchStart,
  acceptance: benchAcceptance,
  storefront: benchStorefront,
  profile: profileStorefront,
  money: benchMoney,
  store: benchStore,
};

// Those that are named, else all.
const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in parts));
if (unknown.length > 0)
  throw new Error(`no part ${unknown.join(', ')}: there are ${Object.keys(parts).join(', ')}`);
for (const [name, run] of Object.entries(parts)) if (named.length === 0 || named.includes(name)) await run();
