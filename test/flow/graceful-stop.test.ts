import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { composeServer, type RunningServer } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { openDatabase } from '../../server/open-database.ts';
import { openShop } from '../support/a-shop.ts';

const CLICKS = 2_000;

describe('a server that is stopped in the middle of a campaign', () => {
  let dataDir: string;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'refledger-stop-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('keeps the clicks that it answered before they were written', async () => {
    const clock = { now: new Date('2026-10-01T08:00:00Z') };
    const config = readConfig({ DATA_DIR: dataDir, PORT: '0' });
    const log = pino({ level: 'silent' });
    const server = await composeServer({ config, clock: () => clock.now, log });
    const shop = await openShop({ server, url: server.url, clock, stop: () => server.stop() });
    const { merchantId, stores } = shop;
    const answered = await Promise.all(
      Array.from({ length: CLICKS }, (_, number) => click(server, merchantId, stores.custom.id, number)),
    );
    await server.stop();
    const { connection, close } = await openDatabase(config);
    const found = await connection.collection('touches').find().toArray();
    await close();
    expect(found.map(({ _id }) => String(_id))).to.have.members(answered);
  });
});

/** What a page tells, answered as `at-once` does: without waiting for the database. */
async function click(
  server: RunningServer,
  merchantId: string,
  storeId: string,
  number: number,
): Promise<string> {
  const { touchId } = await server.parts.ingest.recordTouch({
    ...{ merchantId, storeId, code: 'anna', coupon: null, class: 'link', carrier: 'link', linkId: null },
    ...{ subId: null, isLanding: false, url: null, referrer: null, visitorKey: `visitor-${number}` },
    ...{ statedAt: null, ip: null, isBot: false, visitsThisMinute: 1 },
  });
  return touchId;
}
