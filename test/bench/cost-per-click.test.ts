import { expect } from 'chai';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { composeServer } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { startRecordingStore, type RecordingStore } from '../platform/mongo/embedded/recording-store.ts';
import { temporaryFolder } from '../platform/mongo/embedded/temporary-store.ts';
import { call, openShop, type Shop } from '../support/a-shop.ts';
import { scale } from '../support/scale.ts';

const SIZES = [scale(100, 1_000), scale(1_000, 1_000_000)];
const BATCH = 1_000;
const CLICKS = 20;
/** What is remembered of people is looked at again once a second, whoever clicks then: the least of a few is asked. */
const TIMES = 5;
const NOW = new Date('2026-10-02T10:05:00Z');
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';

interface Cost {
  commands: number;
  documentsExamined: number;
}

describe('What a click costs the database @long', function () {
  this.timeout(1_800_000);
  let store: RecordingStore;

  before(async () => {
    store = await startRecordingStore();
  });
  after(() => store.remove());

  it(`is the same after ${SIZES.join(' and after ')} clicks, followed and counted`, async () => {
    const config = readConfig({
      DATA_DIR: await temporaryFolder(),
      MONGODB_URI: store.uri,
      PORT: '0',
      TRUST_PROXY: '1',
    });
    const server = await composeServer({ config, clock: () => NOW, log: pino({ level: 'silent' }) });
    const at = { server, url: server.url, clock: { now: NOW } };
    const shop = await openShop({ ...at, stop: () => server.stop() });
    const { path, id: linkId } = await aLink(shop);
    const client = await mongoose.mongo.MongoClient.connect(store.uri);
    let visitor = 0;
    const costs: Record<string, Cost>[] = [];
    let others = 0;
    for (const size of SIZES) {
      await addClicks(client.db(), { shop, linkId, from: others, to: size });
      others = size;
      // A million of them would be much to remember.
      store.commands.length = 0;
      costs.push({ followed: await least(() => follow(path)), counted: await least(count) });
    }
    await client.close();
    await server.stop();
    console.log(`      for ${CLICKS} clicks: ${JSON.stringify(costs)}`);
    expect(costs[1]).to.deep.equal(costs[0]);
    expect(costs[0]?.['followed']?.commands).to.be.greaterThan(0);
    expect(costs[0]?.['counted']?.documentsExamined).to.be.greaterThan(0);

    async function follow(address: string): Promise<void> {
      for (let click = 0; click < CLICKS; click += 1) {
        visitor += 1;
        const headers = { 'User-Agent': BROWSER, 'X-Forwarded-For': `10.0.${visitor >> 8}.${visitor & 255}` };
        expect((await call(at, 'GET', address, undefined, headers)).status).to.equal(302);
      }
    }
    async function count(): Promise<void> {
      await follow(path);
      await server.parts.jobs.runNow('count-clicks');
    }
  });

  async function least(work: () => Promise<void>): Promise<Cost> {
    const costs: Cost[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const commands = store.commands.length;
      const documentsExamined = store.documentsExamined();
      await work();
      costs.push({
        commands: store.commands.length - commands,
        documentsExamined: store.documentsExamined() - documentsExamined,
      });
    }
    const min = (name: keyof Cost): number => Math.min(...costs.map((cost) => cost[name]));
    return { commands: min('commands'), documentsExamined: min('documentsExamined') };
  }
});

async function aLink(shop: Shop): Promise<{ id: string; path: string }> {
  const { programId, affiliates, stores } = shop;
  const link = { programId, affiliateId: affiliates.anna, targetUrl: `${stores.custom.domain}/tea` };
  return (await shop.api('POST', '/api/v1/links', link)).body;
}

interface Others {
  shop: Shop;
  linkId: string;
  from: number;
  to: number;
}

/** Clicks of other visitors on the same link, which were counted. */
async function addClicks(db: mongoose.mongo.Db, { shop, linkId, from, to }: Others): Promise<void> {
  const { merchantId, programId, affiliates } = shop;
  for (let start = from; start < to; start += BATCH) {
    const touches = Array.from({ length: Math.min(BATCH, to - start) }, (_, index) => ({
      ...{
        _id: `other-${start + index}` as unknown as mongoose.mongo.ObjectId,
        merchantId,
        programId,
        linkId,
      },
      ...{ affiliateId: affiliates.anna, visitorKey: `other-${start + index}`, at: NOW, class: 'link' },
      ...{ countsAs: `other-${start + index}`, expiresAt: new Date(NOW.getTime() + 86_400_000) },
    }));
    await db.collection('touches').insertMany(touches);
  }
}
