import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createStoreApi, createWooClient } from '../../../server/connectors/woocommerce/index.ts';
import {
  agreeToKeys,
  createFakeCoupons,
  createFakeWebhooks,
  startFakeWooStore,
  type FakeRoute,
  type FakeWooStore,
} from '../../../server/demo/shops/woocommerce-store/index.ts';
import { startWatchedServer, type WatchedServer } from '../../api/watch-data.ts';
import { anEmptyInternet } from '../../support/an-internet.ts';
import { openShop, type Shop } from '../../support/a-shop.ts';

describe('a WooCommerce shop that is connected by one click', function () {
  this.timeout(60_000);
  let at: WatchedServer;
  let shop: Shop;
  let woo: FakeWooStore;
  let webhooks: ReturnType<typeof createFakeWebhooks>;
  let keys: { consumerKey: string; consumerSecret: string };
  /** What the shop's plugin was given; the plugin is there while this is set. */
  let plugin: { connectionKeys: string[] } | undefined;

  const pluginRoute: FakeRoute = ({ method, path, body }) => {
    if (!plugin || method !== 'PUT' || path !== '/wc-refledger/v1/connection') return undefined;
    plugin.connectionKeys.push((body as { connectionKey: string }).connectionKey);
    return { status: 200, body: { connected: true, pluginVersion: '1.2.3' } };
  };

  before(async () => {
    const clock = () => new Date();
    const storeApi = createStoreApi(createWooClient({ clock, allowPrivate: true, timeout: 2_000 }));
    const start = new Date('2026-10-01T08:00:00Z');
    at = await startWatchedServer(start, anEmptyInternet(), storeApi, 'trace');
    shop = await openShop(at);
  });
  beforeEach(async () => {
    plugin = undefined;
    webhooks = createFakeWebhooks();
    woo = await startFakeWooStore({ routes: [createFakeCoupons().route, webhooks.route, pluginRoute] });
    const { consumerKey, consumerSecret } = woo.accessOf();
    keys = { consumerKey, consumerSecret };
  });
  afterEach(() => woo.stop());
  after(() => at.stop());

  const connect = async (domain = woo.address): Promise<string> =>
    (await shop.api('POST', '/api/v1/stores', { platform: 'woocommerce', domain })).body.store.id as string;
  const authorize = async (storeId: string): Promise<string> =>
    (await shop.api('POST', `/api/v1/stores/${storeId}/authorization`, {})).body.authorizeUrl as string;
  const healthOf = async (storeId: string) =>
    (await shop.api('GET', `/api/v1/stores/${storeId}/health`)).body.restAccess;

  it('hands its plugin the connection key, and leaves no webhooks', async () => {
    plugin = { connectionKeys: [] };
    const storeId = await connect();
    expect((await agreeToKeys(await authorize(storeId), keys)).status).to.equal(200);
    await at.server.idle();
    expect(plugin.connectionKeys).to.have.length(1);
    expect((await healthOf(storeId)).channel).to.include({ kind: 'plugin', version: '1.2.3' });
    expect(webhooks.items).to.deep.equal([]);
  });

  it('names on the page afterwards the account that it was connected to', async () => {
    const { returnUrl } = await agreeToKeys(await authorize(await connect()), keys);
    const page = await (await fetch(returnUrl)).text();
    expect(page).to.include(`${woo.address} is connected to the account of Tea &amp; Co.`);
  });

  it('is not opened in place of another shop: a state says of which shop the keys are', async () => {
    const keysOfA = { consumerKey: `ck_${'7'.repeat(40)}`, consumerSecret: `cs_${'8'.repeat(40)}` };
    const other = await startFakeWooStore({ keys: keysOfA, routes: [createFakeCoupons().route] });
    try {
      const storeA = await connect(other.address);
      const storeB = await connect();
      const { status } = await agreeToKeys(await authorize(storeA), keys);
      expect(status, "B's keys in answer to the question about A").to.equal(422);
      expect(await healthOf(storeA)).to.equal(null);
      expect(await healthOf(storeB)).to.equal(null);
      expect((await agreeToKeys(await authorize(storeA), keysOfA)).status).to.equal(200);
      expect(await healthOf(storeA)).to.include({ address: other.address });
      expect(await healthOf(storeB), 'B stays closed').to.equal(null);
    } finally {
      await other.stop();
    }
  });

  it('leaves its keys in no log line, no remembered answer and nothing else that is stored', async () => {
    const storeId = await connect();
    const path = `/api/v1/stores/${storeId}/rest-access`;
    const once = { 'Idempotency-Key': randomUUID() };
    const put = () => shop.api('PUT', path, keys, once);
    const [first, again] = [await put(), await put()];
    expect([first.status, again.status]).to.deep.equal([200, 200]);
    await agreeToKeys(await authorize(storeId), keys);
    const wrong = { ...keys, consumerSecret: `${keys.consumerSecret.slice(0, -4)}0000` };
    expect((await shop.api('PUT', path, wrong)).status).to.equal(422);
    const stored = await at.dump();
    const logged = (at.errors ?? []).join('\n');
    expect(stored, 'the record of the repeated write is there').to.include(once['Idempotency-Key']);
    expect(logged, 'the log is there').to.include('rest-access');
    for (const secret of [keys.consumerKey, keys.consumerSecret, wrong.consumerSecret]) {
      expect(stored.includes(secret), 'stored').to.equal(false);
      expect(logged.includes(secret), 'logged').to.equal(false);
    }
  });
});
