// The product as a process of its own, with two shops in it: so that it shares no thread with who measures it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { composeServer } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { openShop } from '../support/a-shop.ts';

const LINKS = 100;

/** A shop as who measures it needs it. */
export interface BenchShop {
  storeId: string;
  storeKey: string;
  eventSecret: string;
  domain: string;
  slugs: string[];
}

/** What the parent gets first. */
export interface Listening {
  port: number;
  /** Answers when a click is durable, the default. */
  durable: BenchShop;
  /** Answers at once. */
  atOnce: BenchShop;
}

/** What the parent may ask, once all that was received is written: how many touches there are, of all or of these. */
export interface Question {
  touchIds?: string[];
}
export interface Reply {
  stored: number;
}

const dataDir = await mkdtemp(join(tmpdir(), 'refledger-bench-'));
const uri = process.env['TEST_MONGODB_URI'];
const config = readConfig({
  ...{ DATA_DIR: dataDir, PORT: '0', TRUST_PROXY: '1' },
  ...(uri && { MONGODB_URI: `${uri}/refledger_bench` }),
});
const server = await composeServer({ config, log: pino({ level: 'fatal' }) });
const clock = {
  get now(): Date {
    return new Date();
  },
};

async function openBenchShop(clickAnswer: string): Promise<BenchShop> {
  const shop = await openShop({ server, url: server.url, clock, stop: () => server.stop() });
  await shop.api('PUT', '/api/v1/settings/storefront', { clickAnswer });
  const { id: storeId, storeKey, eventSecret, domain } = shop.stores.custom;
  const slugs: string[] = [];
  for (let number = 0; number < LINKS; number += 1) {
    const link = { programId: shop.programId, affiliateId: shop.affiliates.anna };
    const target = `${domain}/tea/${number}`;
    slugs.push((await shop.api('POST', '/api/v1/links', { ...link, targetUrl: target })).body.slug);
  }
  return { storeId, storeKey, eventSecret, domain, slugs };
}

const durable = await openBenchShop('when-stored');
const atOnce = await openBenchShop('at-once');
const port = parseInt(new URL(server.url).port, 10);
process.on('message', (message: Question | 'stop') => void (message === 'stop' ? stop() : count(message)));
process.send?.({ port, durable, atOnce } satisfies Listening);

async function count({ touchIds }: Question): Promise<void> {
  await server.parts.ingest.drain();
  const touches = mongoose.connections.flatMap(({ models }) => models['Touch'] ?? [])[0];
  const stored = await touches?.countDocuments(touchIds ? { _id: { $in: touchIds } } : {});
  process.send?.({ stored: stored ?? 0 } satisfies Reply);
}

async function stop(): Promise<void> {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
  process.disconnect();
}
