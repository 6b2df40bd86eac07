import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { printTrialBalance, verifyBooks } from '../server/check-books.ts';
import { composeServer } from '../server/compose.ts';
import { readConfig } from '../server/config.ts';
import { startEmbeddedStore } from '../server/platform/mongo/embedded/index.ts';
import { anOrderEvent } from './support/a-signed-order.ts';
import { openShop } from './support/a-shop.ts';

describe('a merchant checks the books from the command line', () => {
  let dataDir: string;
  let said: string[];
  const say = (line: string): void => void said.push(line);
  const config = () => readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });

  beforeEach(async () => {
    said = [];
    dataDir = await mkdtemp(join(tmpdir(), 'refledger-books-'));
    const clock = { now: new Date('2026-10-01T08:00:00Z') };
    const log = pino({ level: 'silent' });
    const server = await composeServer({
      config: readConfig({ DATA_DIR: dataDir, PORT: '0' }),
      clock: () => clock.now,
      log,
    });
    const shop = await openShop({ server, url: server.url, clock, stop: () => server.stop() });
    clock.now = new Date('2026-10-02T10:05:00Z');
    await shop.sendEvents([anOrderEvent({ referral: { code: 'anna', source: 'cookie' } })]);
    await server.stop();
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  async function tamper(change: (entries: mongoose.mongo.Collection) => Promise<unknown>): Promise<void> {
    const store = await startEmbeddedStore({ dir: join(dataDir, 'store') });
    const connection = await mongoose.createConnection(store.uri).asPromise();
    await change(connection.collection('ledgerEntries'));
    await connection.close();
    await store.close();
  }

  it('and is told that they hold', async () => {
    expect([await printTrialBalance(config(), say), await verifyBooks(config(), say)]).to.deep.equal([0, 0]);
    expect(said.join('\n'))
      .to.contain('EUR  debit 20.00  credit 20.00  difference 0.00')
      .and.to.contain('1 entries  the chain holds');
  });

  it('and is told which entry somebody changed', async () => {
    await tamper((entries) =>
      entries.updateOne({ seq: 1 }, { $set: { 'postings.0.amount': mongoose.mongo.Long.fromNumber(1) } }),
    );
    expect(await verifyBooks(config(), say)).to.equal(1);
    expect(said.join('\n')).to.contain('entry 1 was changed');
  });

  it('and is told when the last entry was taken away, which the chain alone cannot show', async () => {
    await tamper((entries) => entries.deleteOne({ seq: 1 }));
    expect(await verifyBooks(config(), say)).to.equal(1);
    expect(said.join('\n')).to.contain('a posting of order #1001 is not in the ledger');
  });
});
