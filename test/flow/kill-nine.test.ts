import { expect } from 'chai';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { composeServer } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { startEmbeddedStore } from '../../server/platform/mongo/embedded/index.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import type { TestServer } from '../support/a-server.ts';
import { startServerProcess, type ServerProcess } from '../support/a-server-process.ts';
import { openShop, type Shop } from '../support/a-shop.ts';
import { buildServer, type BuiltServer } from '../support/build-server.ts';
import { scale, SEED, seededRandom } from '../support/scale.ts';

const KILLS = scale(20, 100);
const CARRIERS = ['inbox', 'orders', 'attributions', 'commissions', 'ledgerEntries', 'mails'];
const liveClock = {
  get now(): Date {
    return new Date();
  },
};

/** Three versions of an order, some by link, some by coupon, with a refund at the end. */
function storyOf(number: number, placed: Date): any[] {
  const moment = (minutes: number): string => new Date(placed.getTime() + minutes * 60_000).toISOString();
  const evidence =
    number % 3 === 0 ? { coupons: ['ben10'] } : { referral: { code: 'anna', source: 'cookie' } };
  const lines = [
    {
      id: 'l1',
      title: 'Tea',
      quantity: 2,
      subtotal: `${number}.99`,
      total: `${number}.99`,
      totalTax: '1.00',
    },
  ];
  const order = { id: String(number), number: `#${number}`, createdAt: moment(0), lines, ...evidence };
  const refunds = [
    {
      id: `r${number}`,
      createdAt: moment(2),
      amount: '1.00',
      lines: [{ lineId: 'l1', quantity: 0, total: '1.00' }],
    },
  ];
  return [
    anOrderEvent({ ...order, updatedAt: moment(0) }, { sequence: 1 }),
    anOrderEvent({ ...order, updatedAt: moment(1), status: 'paid', isPaid: true }, { sequence: 2 }),
    anOrderEvent({ ...order, updatedAt: moment(2), status: 'paid', isPaid: true, refunds }, { sequence: 3 }),
  ];
}

async function serveInProcess<T>(dataDir: string, use: (at: TestServer) => Promise<T>): Promise<T> {
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0' });
  const server = await composeServer({ config, log: pino({ level: 'silent' }) });
  try {
    return await use({ server, url: server.url, clock: liveClock, stop: () => server.stop() });
  } finally {
    await server.stop();
  }
}

/** How many documents of a dead server's folder still carry events that nobody had. */
async function countUndelivered(dataDir: string): Promise<number> {
  const store = await startEmbeddedStore({ dir: join(dataDir, 'store') });
  const connection = await mongoose.createConnection(store.uri).asPromise();
  const counts = await Promise.all(
    CARRIERS.map((name) =>
      connection.collection(name).countDocuments({ 'pendingEvents.0': { $exists: true } }),
    ),
  );
  await connection.close();
  await store.close();
  return counts.reduce((total, count) => total + count, 0);
}

const books = async (shop: Shop): Promise<string[]> => {
  const found: string[] = [];
  for (let cursor = ''; ;) {
    const { body } = await shop.api(
      'GET',
      `/api/v1/ledger/entries?limit=200${cursor && `&cursor=${cursor}`}`,
    );
    for (const { orderNumber, orderVersion, kind, affiliateId, postings } of body.items) {
      found.push([orderNumber, orderVersion, kind, affiliateId, postings[0].amount.amount].join(' '));
    }
    if (body.nextCursor === null) return found.sort();
    cursor = body.nextCursor;
  }
};

describe(`@long a server that is killed ${KILLS} times (seed ${SEED}) while a shop sends signed events`, function () {
  this.timeout(scale(600_000, 1_500_000));
  const random = seededRandom(SEED);
  const stories = Array.from({ length: KILLS * 2 }, (_, index) =>
    storyOf(1001 + index, new Date(Date.now() - 3_600_000)),
  );
  const events = [0, 1, 2].flatMap((step) => stories.map((story) => story[step]));
  let disturbed: string;
  let undisturbed: string;
  let shop: Shop;
  let built: BuiltServer;

  before(async () => {
    built = await buildServer();
    disturbed = await mkdtemp(join(tmpdir(), 'refledger-kill-'));
    undisturbed = `${disturbed}-undisturbed`;
    // Affiliates must be there before the orders are placed, so the shop is opened in the past.
    const past = { now: new Date(Date.now() - 7_200_000) };
    const config = readConfig({ DATA_DIR: disturbed, PORT: '0' });
    const server = await composeServer({ config, clock: () => past.now, log: pino({ level: 'silent' }) });
    shop = await openShop({ server, url: server.url, clock: past, stop: () => server.stop() });
    await server.stop();
    await cp(disturbed, undisturbed, { recursive: true });
  });
  after(async () => {
    await built.remove();
    for (const dir of [disturbed, undisturbed]) await rm(dir, { recursive: true, force: true });
  });

  it('ends with the same books as the undisturbed run, and half of the kills left events undelivered', async () => {
    const expected = await serveInProcess(undisturbed, async (at) => {
      const visitor = shop.at(at);
      for (const event of events) await visitor.sendEvents([event], { settle: false });
      await at.server.idle();
      return books(visitor);
    });
    expect(expected.length).to.equal(stories.length * 2);

    const killAfter = Array.from({ length: KILLS }, (_, index) =>
      Math.floor(((index + random()) * events.length) / KILLS),
    );
    let withUndelivered = 0;
    let next = 0;
    for (const [kill, stopAt] of killAfter.entries()) {
      // The first is started as users start it; for the others the same sources were compiled once.
      const script = kill === 0 ? undefined : built.script;
      const server = await startServerProcess({ DATA_DIR: disturbed }, script);
      next = await sendUntil(server, next, stopAt);
      await server.kill('SIGKILL');
      if ((await countUndelivered(disturbed)) > 0) withUndelivered += 1;
    }
    const actual = await serveInProcess(disturbed, async (at) => {
      const visitor = shop.at(at);
      for (const event of events.slice(Math.max(0, next - 10)))
        await visitor.sendEvents([event], { settle: false });
      await at.server.idle();
      expect((await visitor.api('GET', '/api/v1/ledger/verify')).body.problem).to.equal(null);
      return books(visitor);
    });
    expect(actual).to.deep.equal(expected);
    console.log(
      `      ${KILLS} kills over ${events.length} events, ${withUndelivered} with undelivered events`,
    );
    expect(withUndelivered).to.be.at.least(KILLS / 2);
  });

  /** Sends from a little before where the last server died, as a shop repeats what was not answered. */
  async function sendUntil(server: ServerProcess, from: number, stopAt: number): Promise<number> {
    const visitor = shop.at({ url: server.url, clock: liveClock });
    for (let index = Math.max(0, from - 2); index < stopAt; index += 1) {
      const { status } = await visitor.sendEvents([events[index]], { settle: false });
      expect(status).to.equal(202);
    }
    // The last one is under way when the process dies: answered or not, it is sent again.
    const underWay = visitor.sendEvents([events[stopAt]], { settle: false }).catch(() => undefined);
    if (random() < 0.5) await underWay;
    return stopAt;
  }
});
