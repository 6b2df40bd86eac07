// The product as a process of its own, with a shop in it: so that it shares no thread with the clients that measure.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { composeServer } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { openShop } from '../support/a-shop.ts';

/** What the parent gets first. Afterwards it says one thing: to stop. */
export interface BenchShop {
  url: string;
  storeId: string;
  eventSecret: string;
}

const dataDir = await mkdtemp(join(tmpdir(), 'refledger-ingest-'));
const uri = process.env['TEST_MONGODB_URI'];
const config = readConfig({ DATA_DIR: dataDir, PORT: '0', ...(uri && { MONGODB_URI: `${uri}/ingest` }) });
const server = await composeServer({ config, log: pino({ level: 'error' }, pino.destination(2)) });
const clock = {
  get now(): Date {
    return new Date();
  },
};
const shop = await openShop({ server, url: server.url, clock, stop: () => server.stop() });
const { id: storeId, eventSecret } = shop.stores.custom;

process.once('message', () => void stop());
process.send?.({ url: server.url, storeId, eventSecret } satisfies BenchShop);

async function stop(): Promise<void> {
  const { rss } = process.memoryUsage();
  console.log(`  memory of the server: ${Math.round(rss / 1_048_576)} MiB`);
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
  process.disconnect();
}
