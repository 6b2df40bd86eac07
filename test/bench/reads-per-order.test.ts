import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { composeServer } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { temporaryStore, type TemporaryStore } from '../platform/mongo/embedded/temporary-store.ts';
import { openShop, type Shop } from '../support/a-shop.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { scale } from '../support/scale.ts';

const SIZES = [scale(50, 1_000), scale(500, 100_000)];
const BATCH = 1_000;
const NEW_VERSIONS = 10;
const RULES = 200;
const ORDERS_OF_A_KIND = 5;
const NOW = new Date('2026-10-02T10:05:00Z');
const PLACED = { createdAt: NOW.toISOString(), updatedAt: NOW.toISOString() };

const aRule = (id: string, ratePpm: number) => ({ id, kind: 'percent', args: { ratePpm }, scope: {} });

/** What a growing shop has beside the order in question; `index` tells them apart. */
const OTHERS: Record<string, (merchantId: string, programId: string, index: number) => object> = {
  orders: (merchantId, _programId, index) => ({
    merchantId,
    storeId: 'other',
    externalId: `x${index}`,
    createdAt: NOW,
  }),
  touches: (merchantId, programId, index) => ({
    ...{
      merchantId,
      programId,
      affiliateId: `a${index % 50}`,
      visitorKey: `other-${index}`,
      at: NOW,
      class: 'link',
    },
  }),
  attributions: (merchantId) => ({ merchantId, revision: 1, decisions: [] }),
  commissions: (merchantId, _programId, index) => ({
    ...{ merchantId, revision: 1, postings: [{ id: `p${index}`, affiliateId: `a${index % 50}` }] },
  }),
  // Below the chain, whose first number is 1, so that the chain itself stays whole.
  ledgerEntries: (merchantId, _programId, index) => ({
    ...{
      merchantId,
      seq: -index - 1,
      reference: `r${index}`,
      affiliateId: `a${index % 50}`,
      currency: 'EUR',
    },
    ...{ affiliateBalance: 0n, postedAt: NOW, postings: [] },
  }),
  memberships: (merchantId, _programId, index) => ({
    ...{
      merchantId,
      programId: `p${index}`,
      affiliateId: `a${index}`,
      code: `c${index}`,
      foldedCode: `c${index}`,
    },
  }),
  coupons: (merchantId, _programId, index) => ({
    merchantId,
    programId: `p${index}`,
    foldedCode: `other-${index}`,
  }),
};

describe('What the books read for one order @long', function () {
  this.timeout(1_800_000);

  it(`is the same beside ${SIZES.join(' and beside ')} other orders, touches, coupons and rules`, async () => {
    const read = await readsOfOneOrder(SIZES);
    console.log(`      documents read: ${JSON.stringify(read)}`);
    expect(read[1]).to.deep.equal({ ...read[0], others: SIZES[1] });
    expect(read[0]?.['byLink'], 'a credited order').to.be.greaterThan(read[0]?.['ofNobody'] ?? 0);
  });
});

/** Documents that the embedded store examined from the signed event to the written mail, at each size in turn. */
async function readsOfOneOrder(sizes: number[]): Promise<Record<string, number>[]> {
  const store = await temporaryStore();
  const dataDir = await mkdtemp(join(tmpdir(), 'refledger-reads-'));
  const config = readConfig({ DATA_DIR: dataDir, MONGODB_URI: withDatabase(store.uri), PORT: '0' });
  const clock = { now: new Date('2026-10-01T08:00:00Z') };
  const server = await composeServer({ config, clock: () => clock.now, log: pino({ level: 'silent' }) });
  const shop = await openShop({ server, url: server.url, clock, stop: () => server.stop() });
  clock.now = NOW;
  // The clock's own work reads as well, at moments of its own, and is no order's.
  await server.parts.jobs.stop();
  const client = await mongoose.mongo.MongoClient.connect(store.uri);
  await readOf(store, shop, 'first');
  const reads: Record<string, number>[] = [];
  let others = 0;
  for (const size of sizes) {
    await addOthers(client.db('reads'), shop, others, size);
    others = size;
    reads.push({ others, ...(await readOf(store, shop, `beside-${size}`)) });
  }
  await client.close();
  await server.stop();
  await store.remove();
  await rm(dataDir, { recursive: true, force: true });
  return reads;
}

const withDatabase = (uri: string): string => {
  const url = new URL(uri);
  url.pathname = '/reads';
  return url.href;
};

async function readOf(store: TemporaryStore, shop: Shop, id: string): Promise<Record<string, number>> {
  /** The least of a few: what is remembered of people is looked at again once a second, whoever asks then. */
  const cost = async ({ id, ...order }: { id: string; [name: string]: unknown }): Promise<number> => {
    const costs: number[] = [];
    for (let time = 1; time <= ORDERS_OF_A_KIND; time += 1) {
      const before = store.stats().documentsExamined;
      await shop.sendEvents([anOrderEvent({ ...PLACED, ...order, id: `${id}-${time}` })]);
      costs.push(store.stats().documentsExamined - before);
    }
    return Math.min(...costs);
  };
  const { visitorKey } = await shop.touch('anna');
  return {
    byLink: await cost({ id: `${id}-link`, referral: { visitorKey, source: 'cookie' } }),
    byCoupon: await cost({
      id: `${id}-coupon`,
      coupons: ['ben10'],
      referral: { visitorKey, source: 'cookie' },
    }),
    ofNobody: await cost({ id: `${id}-nobody` }),
  };
}

/** Adds others from `from` to `to` of each kind, and versions of the programme's rules. */
async function addOthers(db: mongoose.mongo.Db, shop: Shop, from: number, to: number): Promise<void> {
  const { merchantId, programId } = shop;
  for (const [collection, make] of Object.entries(OTHERS)) {
    for (let start = from; start < to; start += BATCH) {
      const count = Math.min(BATCH, to - start);
      const documents = Array.from({ length: count }, (_, index) => ({
        ...{ _id: `other-${start + index}` as unknown as mongoose.mongo.ObjectId },
        ...make(merchantId, programId, start + index),
      }));
      await db.collection(collection).insertMany(documents);
    }
  }
  for (let version = 1; version <= NEW_VERSIONS; version += 1) {
    const rules = Array.from({ length: RULES }, (_, index) => aRule(`r${index}`, 1_000 * version));
    const { status } = await shop.api('POST', `/api/v1/programs/${programId}/rules`, { rules });
    expect(status).to.be.lessThan(300);
  }
}
