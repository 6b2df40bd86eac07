import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { composeServer, type RunningServer } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { startEmbeddedStore } from '../../server/platform/mongo/embedded/index.ts';
import { startServerProcess, type ServerProcess } from '../support/a-server-process.ts';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';
import { buildServer, type BuiltServer } from '../support/build-server.ts';
import { scale, SEED, seededRandom } from '../support/scale.ts';

const KILLS = scale(5, 100);
const CLIENTS = 4;
/** Milliseconds; the moment of a kill within them is drawn. */
const LONGEST_LOAD = 300;
/** A process that died keeps the job that it ran for a minute: whoever counts comes later. */
const afterItsLease = (): Date => new Date(Date.now() + 61_000);
const REASONS = ['bot', 'crowd', 'blocked', 'landing', 'repeat'];
const BOT = 'Googlebot/2.1 (+http://www.google.com/bot.html)';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0';
const liveClock = {
  get now(): Date {
    return new Date();
  },
};

/** Counts by series, and in it by reason; `clicks` are those that count. */
type Counts = Record<string, Record<string, number>>;

interface Link {
  id: string;
  path: string;
  slug: string;
}

async function serveInProcess<T>(
  dataDir: string,
  use: (server: RunningServer) => Promise<T>,
  clock = (): Date => new Date(),
): Promise<T> {
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0' });
  const server = await composeServer({ config, clock, log: pino({ level: 'silent' }) });
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

/** Every touch in a dead server's folder. */
async function rawTouches(dataDir: string): Promise<any[]> {
  const store = await startEmbeddedStore({ dir: join(dataDir, 'store') });
  const connection = await mongoose.createConnection(store.uri).asPromise();
  const touches = await connection.collection('touches').find().toArray();
  await connection.close();
  await store.close();
  return touches;
}

const nameSeries = ({ day, affiliateId, linkId, subId }: any): string =>
  [day, affiliateId, linkId, subId].join(' ');
const noCounts = (): Record<string, number> =>
  Object.fromEntries(['clicks', ...REASONS].map((name) => [name, 0]));

function countRaw(touches: readonly any[]): Counts {
  const counts: Counts = {};
  for (const touch of touches) {
    const series = (counts[nameSeries(touch)] ??= noCounts());
    const reason = touch.uncounted ?? 'clicks';
    series[reason] = (series[reason] ?? 0) + 1;
  }
  return counts;
}

const sumOf = (counts: Counts, name: string): number =>
  Object.values(counts).reduce((total, series) => total + (series[name] ?? 0), 0);

describe(`@long a server that is killed ${KILLS} times (seed ${SEED}) while people click`, function () {
  this.timeout(scale(180_000, 900_000));
  const random = seededRandom(SEED);
  const killMoments = Array.from({ length: KILLS }, () => LONGEST_LOAD * random());
  const acknowledged = { touchIds: [] as string[], redirects: 0 };
  let sent = 0;
  let dataDir: string;
  let shop: Shop;
  let link: Link;
  let built: BuiltServer;

  before(async () => {
    built = await buildServer();
    dataDir = await mkdtemp(join(tmpdir(), 'refledger-kill-clicks-'));
    await serveInProcess(dataDir, async (server) => {
      shop = await openShop({ server, url: server.url, clock: liveClock, stop: () => server.stop() });
      const { programId, affiliates, stores } = shop;
      const targetUrl = `${stores.custom.domain}/tea`;
      const made = await shop.api('POST', '/api/v1/links', {
        programId,
        affiliateId: affiliates.anna,
        targetUrl,
      });
      expect(made.status).to.equal(201);
      link = made.body as Link;
    });
  });
  after(() => Promise.all([built.remove(), rm(dataDir, { recursive: true, force: true })]));

  it('has every click that it acknowledged, and counts exactly those that it has', async () => {
    for (const [kill, killAfter] of killMoments.entries()) {
      // The first is started as users start it; for the others the same sources were compiled once.
      const script = kill === 0 ? undefined : built.script;
      // One proxy in front: each request says which visitor's address it comes from.
      const server = await startServerProcess({ DATA_DIR: dataDir, TRUST_PROXY: '1' }, script);
      // The moment is counted from the first answer on, so that every kill hits a server under load.
      expect(await click(server), 'an answer').to.equal(true);
      const clients = Array.from({ length: CLIENTS }, () => clickUntilDead(server));
      await wait(killAfter);
      await server.kill('SIGKILL');
      await Promise.all(clients);
    }
    const reported = await serveInProcess(
      dataDir,
      async (server) => {
        await server.parts.jobs.runNow('count-clicks');
        const once = await readReport(server);
        await server.parts.jobs.runNow('count-clicks');
        expect(await readReport(server), 'counted a second time').to.deep.equal(once);
        return once;
      },
      afterItsLease,
    );
    const touches = await rawTouches(dataDir);
    const ids = new Set(touches.map(({ _id }) => _id));
    const lost = acknowledged.touchIds.filter((id) => !ids.has(id));
    const followed = touches.filter(({ carrier }) => carrier === 'short link').length;
    const { redirects, touchIds } = acknowledged;
    console.log(
      `      ${KILLS} kills; ${touchIds.length} touches and ${redirects} redirects acknowledged of ${sent} sent, ` +
        `${touches.length} stored, ${sumOf(reported, 'clicks')} counted`,
    );
    expect(lost, 'acknowledged touches that are gone').to.deep.equal([]);
    expect(followed, 'clicks on the short link').to.be.at.least(redirects);
    expect(touches.length, 'no click twice').to.be.at.most(sent);
    const raw = countRaw(touches);
    expect(reported).to.deep.equal(raw);
    for (const name of ['clicks', 'bot', 'landing', 'repeat']) {
      expect(sumOf(raw, name), name).to.be.greaterThan(0);
    }
  });

  async function readReport(server: RunningServer): Promise<Counts> {
    const { body } = await shop
      .at({ url: server.url, clock: liveClock })
      .api('GET', '/api/v1/reports/clicks?limit=200');
    expect(body.nextCursor).to.equal(null);
    return Object.fromEntries(
      body.items.map((item: any) => [nameSeries(item), { clicks: item.clicks, ...item.uncounted }]),
    );
  }

  /** One client: clicks without a pause until nobody answers any more. */
  async function clickUntilDead(server: ServerProcess): Promise<void> {
    while (await click(server));
  }

  /** False when the server is dead. */
  async function click(server: ServerProcess): Promise<boolean> {
    sent += 1;
    const isRedirect = random() < 0.4;
    const answer = await (isRedirect ? follow(server) : touch(server)).catch(() => undefined);
    if (!answer) return false;
    expect(answer.status, JSON.stringify(answer.body)).to.equal(isRedirect ? 302 : 202);
    if (isRedirect) {
      expect(answer.headers.get('x-refledger-click'), 'a click that was not kept').to.equal(null);
      acknowledged.redirects += 1;
    } else acknowledged.touchIds.push(answer.body.touchId);
    return true;
  }

  /** Some visitors come again within the hour, some programs say that they are one. */
  function headers(): Record<string, string> {
    const address = `10.${[0, 1, 2].map(() => Math.floor(random() * 250)).join('.')}`;
    return {
      'User-Agent': random() < 0.1 ? BOT : BROWSER,
      'X-Forwarded-For': random() < 0.2 ? '10.0.0.1' : address,
    };
  }

  const follow = (server: ServerProcess): Promise<Answer> =>
    call(server, 'GET', `${link.path}?sub=s${Math.floor(random() * 3)}`, undefined, headers());

  function touch(server: ServerProcess): Promise<Answer> {
    const { storeKey, domain } = shop.stores.custom;
    const url = `${domain}/tea?ref=anna${random() < 0.3 ? `&rfl=${link.slug}` : ''}`;
    const visitorKey = random() < 0.2 ? 'visitor-again' : `visitor-${sent}`;
    const body = { storeKey, code: 'anna', url, visitorKey, consent: true };
    return call(server, 'POST', '/collect/v1/touches', body, headers());
  }
});
