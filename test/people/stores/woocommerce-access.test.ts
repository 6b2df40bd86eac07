import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { createStoreApi, createWooClient } from '../../../server/connectors/woocommerce/index.ts';
import {
  agreeToKeys,
  createFakeCoupons,
  createFakeWebhooks,
  restError,
  startFakeWooStore,
  type FakeRoute,
  type FakeWooStore,
} from '../../../server/demo/shops/woocommerce-store/index.ts';
import { anEmptyInternet } from '../../support/an-internet.ts';
import { startServer, type TestServer } from '../../support/a-server.ts';
import { call, openShop, type Shop } from '../../support/a-shop.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const OTHER_KEYS = { consumerKey: `ck_${'7'.repeat(40)}`, consumerSecret: `cs_${'8'.repeat(40)}` };

describe('a WooCommerce shop that gives its keys', function () {
  this.timeout(60_000);
  let at: TestServer;
  let shop: Shop;
  let woo: FakeWooStore;
  let coupons: ReturnType<typeof createFakeCoupons>;
  let webhooks: ReturnType<typeof createFakeWebhooks>;
  let keys: { consumerKey: string; consumerSecret: string };
  let stores = 0;

  before(async () => {
    const clock = () => new Date();
    const storeApi = createStoreApi(createWooClient({ clock, allowPrivate: true, timeout: 2_000 }));
    at = await startServer(new Date('2026-10-01T08:00:00Z'), anEmptyInternet(), storeApi);
    shop = await openShop(at);
  });
  beforeEach(async () => {
    coupons = createFakeCoupons();
    webhooks = createFakeWebhooks();
    woo = await startFakeWooStore({ routes: [coupons.route, webhooks.route] });
    const { consumerKey, consumerSecret } = woo.accessOf();
    keys = { consumerKey, consumerSecret };
  });
  afterEach(() => woo.stop());
  after(() => at.stop());

  const connect = async (domain = woo.address): Promise<string> => {
    const sent = { platform: 'woocommerce', domain };
    stores += 1;
    return (await shop.api('POST', '/api/v1/stores', sent)).body.store.id as string;
  };
  const path = (storeId: string, rest: string) => `/api/v1/stores/${storeId}/${rest}`;
  const give = (storeId: string, sent: object = keys) => shop.api('PUT', path(storeId, 'rest-access'), sent);
  const healthOf = async (storeId: string) => (await shop.api('GET', path(storeId, 'health'))).body;
  const authorize = async (storeId: string): Promise<string> =>
    (await shop.api('POST', path(storeId, 'authorization'), {})).body.authorizeUrl as string;

  it('is tried before they are kept, tells its health, and never shows them again', async () => {
    const storeId = await connect();
    const { status, body } = await give(storeId);
    expect(status).to.equal(200);
    await at.server.idle();
    const { restAccess } = await healthOf(storeId);
    expect(restAccess).to.include({ address: woo.address, lastFailure: null });
    expect(restAccess.channel).to.include({ kind: 'webhooks' });
    expect(JSON.stringify([body, restAccess])).to.not.match(/c[ks]_/);
    const found = await at.server.parts.stores.findRestAccess(shop.merchantId, storeId);
    expect(found).to.deep.equal(woo.accessOf());
    await shop.api('DELETE', path(storeId, 'rest-access'));
    expect((await healthOf(storeId)).restAccess).to.equal(null);
    expect(await at.server.parts.stores.findRestAccess(shop.merchantId, storeId)).to.equal(null);
  });

  const wrong: [what: string, make: () => object, message: RegExp][] = [
    ['a wrong key', () => OTHER_KEYS, /does not take the key/],
    ['another host', () => ({ ...keys, address: 'https://elsewhere.example' }), /./],
  ];
  for (const [what, make, message] of wrong) {
    it(`is not opened by ${what}, and nothing is kept`, async () => {
      const storeId = await connect();
      const { status, body } = await give(storeId, make());
      expect(status).to.be.oneOf([400, 422]);
      expect(body.error.message).to.match(message);
      expect(JSON.stringify(body)).to.not.match(/c[ks]_[0-9]/);
      expect((await healthOf(storeId)).restAccess).to.equal(null);
    });
  }

  it('says that a key only reads, that an HTML page answers, that nobody does', async () => {
    await woo.stop();
    const readOnly: FakeRoute = ({ method }) =>
      method === 'GET' ? undefined : restError(401, 'woocommerce_rest_authentication_error', 'Nur lesen.');
    woo = await startFakeWooStore({ routes: [readOnly, coupons.route] });
    const storeId = await connect();
    const says = async () => {
      const { status, body } = await give(storeId);
      return `${status} ${body.error.message}`;
    };
    expect(await says()).to.equal('422 The key can read in the shop and not write.');
    woo.setFault(() => 'turned-away');
    expect(await says()).to.match(/^503 /);
    await woo.stop();
    expect(await says()).to.match(/^503 /);
    woo = await startFakeWooStore();
  });

  it('gives them by one click, and gets webhooks signed with our secret', async () => {
    const storeId = await connect();
    const url = await authorize(storeId);
    expect(url).to.match(/\/wc-auth\/v1\/authorize\?app_name=Refledger&scope=read_write&user_id=/);
    const { status, returnUrl } = await agreeToKeys(url, keys);
    expect(status).to.equal(200);
    await at.server.idle();
    expect((await healthOf(storeId)).restAccess.channel.webhooks).to.have.length(4);
    const found = await at.server.parts.stores.findStore.byId(storeId);
    expect([...new Set(webhooks.items.map(({ secret }) => secret))]).to.deep.equal(found?.webhookSecrets);
    const page = await (await fetch(returnUrl)).text();
    expect(page)
      .to.include('Your shop is connected')
      .and.not.match(/c[ks]_[0-9]/);
  });

  it('does not give them twice by one click, late, by a made-up state, or in place of another shop', async () => {
    const storeId = await connect();
    const used = await authorize(storeId);
    expect((await agreeToKeys(used, keys)).status).to.equal(200);
    expect((await agreeToKeys(used, OTHER_KEYS)).status, 'replayed').to.equal(404);
    const foreign = await authorize(storeId);
    expect((await agreeToKeys(foreign, OTHER_KEYS)).status, 'keys of another shop').to.equal(422);
    expect((await agreeToKeys(foreign, keys)).status, 'used up by the wrong keys').to.equal(404);
    const readOnly = await authorize(storeId);
    expect((await agreeToKeys(readOnly, keys, 'read')).status, 'may only read').to.equal(422);
    const madeUp = new URL(await authorize(storeId));
    madeUp.searchParams.set('user_id', 'x'.repeat(43));
    expect((await agreeToKeys(madeUp.href, keys)).status, 'made up').to.equal(404);
    const late = await authorize(storeId);
    at.clock.now = new Date(at.clock.now.getTime() + 31 * MINUTE);
    expect((await agreeToKeys(late, keys)).status, 'late').to.equal(404);
    const found = await at.server.parts.stores.findRestAccess(shop.merchantId, storeId);
    expect(found, 'the first ones stay').to.include(keys);
  });

  it("is nobody else's to open", async () => {
    const storeId = await connect();
    const stranger = await openShop(at);
    for (const [method, rest, sent] of [
      ['PUT', 'rest-access', keys],
      ['DELETE', 'rest-access', undefined],
      ['POST', 'authorization', {}],
    ] as const) {
      expect((await stranger.api(method, path(storeId, rest), sent)).status, rest).to.equal(404);
      expect((await call(at, method, path(storeId, rest), sent)).status, rest).to.equal(401);
    }
    expect(await at.server.parts.stores.findRestAccess(stranger.merchantId, storeId)).to.equal(null);
  });

  it('gets a disabled webhook anew, and nobody else loses one', async () => {
    const theirs = {
      id: 1,
      name: 'x',
      topic: 'order.created',
      delivery_url: 'https://x.example/',
      secret: 's',
    };
    webhooks.items.push({ ...theirs, status: 'disabled' });
    const storeId = await connect();
    await give(storeId);
    await at.server.idle();
    const ours = () => webhooks.items.filter(({ delivery_url }) => delivery_url.includes(storeId));
    expect(ours()).to.have.length(4);
    const [broken] = ours();
    if (broken) broken.status = 'disabled';
    at.clock.now = new Date(at.clock.now.getTime() + DAY);
    await at.server.parts.jobs.runNow('check-store-channels');
    expect(ours().map(({ status }) => status)).to.deep.equal(['active', 'active', 'active', 'active']);
    expect(ours().map(({ id }) => id)).to.not.include(broken?.id);
    expect(webhooks.items).to.deep.include({ ...theirs, status: 'disabled' });
  });

  describe('with a coupon of an affiliate', () => {
    const TEN_PERCENT = { discount: { kind: 'percent', ratePpm: 100_000 } };
    let couponId: string;
    let code: string;
    let storeId: string;
    beforeEach(async () => {
      code = `deal-${stores}-${Math.random().toString(36).slice(2, 8)}`;
      const { programId, affiliates } = shop;
      const sent = { programId, affiliateId: affiliates.anna, code };
      couponId = (await shop.api('POST', '/api/v1/coupons', sent)).body.id as string;
      storeId = await connect();
      await give(storeId);
      await at.server.idle();
    });
    const set = async (terms: object) => {
      const answer = await shop.api('PUT', `/api/v1/coupons/${couponId}/discount`, terms);
      await at.server.idle();
      return answer;
    };
    const standing = async () => {
      const { body } = await shop.api('GET', `/api/v1/coupons/${couponId}`);
      return body.standings.find((each: { storeId: string }) => each.storeId === storeId);
    };
    /** With its secret of events, which is shown once. */
    const reconnected = async () => {
      const { body } = await shop.api('POST', path(storeId, 'rotate-secret'), { kind: 'event' });
      return { store: storeId, eventSecret: body.secret as string };
    };
    const tell = async (store: string, secret: string, event: object): Promise<string> => {
      const body = JSON.stringify({ events: [event] });
      const id = randomUUID();
      const answer = await fetch(`${at.url}/hooks/v1/events/${store}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.clock.now.getTime() / 1_000)),
          'webhook-signature': new Webhook(secret).sign(id, at.clock.now, body),
        },
        body,
      });
      return ((await answer.json()) as { results: { status: string }[] }).results[0]?.status ?? '';
    };
    const inShop = () => coupons.items.find((each) => each.code === code);

    it('makes it, changes it, pauses it and takes it away', async () => {
      await set({ ...TEN_PERCENT, usageLimit: 50, expiresAt: '2027-01-31T23:59:59Z' });
      expect(inShop()).to.include({ amount: '10.00', status: 'publish', usage_limit: 50 });
      expect(inShop()?.meta_data[0]).to.include({
        key: '_refledger_affiliate_id',
        value: shop.affiliates.anna,
      });
      expect((await standing()).state).to.equal('in step');
      const fixed = { kind: 'fixed', amount: 500, currency: 'EUR' };
      await set({ discount: fixed, minimum: { amount: 2_000, currency: 'EUR' } });
      expect(inShop()).to.include({ discount_type: 'fixed_cart', amount: '5.00', minimum_amount: '20.00' });
      expect(inShop()?.usage_limit).to.equal(null);
      await shop.api('POST', `/api/v1/coupons/${couponId}/pause`);
      await at.server.idle();
      expect(inShop()?.status).to.equal('draft');
      await shop.api('POST', `/api/v1/coupons/${couponId}/resume`);
      await at.server.idle();
      expect(inShop()?.status).to.equal('publish');
      await shop.api('DELETE', `/api/v1/coupons/${couponId}/discount`);
      await at.server.idle();
      expect(inShop()?.status).to.equal('trash');
      expect(coupons.items.filter((each) => each.code === code)).to.have.length(1);
    });

    it("leaves a shop owner's own coupon of that code alone until it is told to take it over", async () => {
      const own = { id: 9, code, amount: '3.00', status: 'publish', discount_type: 'percent' };
      const rest = { minimum_amount: '0.00', usage_limit: null, usage_limit_per_user: null };
      coupons.items.push({ ...own, ...rest, date_expires: null, date_expires_gmt: null, meta_data: [] });
      await set(TEN_PERCENT);
      expect((await standing()).state).to.equal('failed');
      expect(inShop()?.amount).to.equal('3.00');
      await set({ ...TEN_PERCENT, adopt: true });
      expect((await standing()).state).to.equal('in step');
      expect(inShop()).to.include({ id: 9, amount: '10.00' });
    });

    it('refuses amounts in another currency than the shop sells in', async () => {
      await set({ discount: { kind: 'fixed', amount: 500, currency: 'USD' } });
      expect((await standing()).reason).to.match(/sells in EUR/);
      expect(inShop()).to.equal(undefined);
    });

    it('S10 looks at it as soon as the plugin tells that it was changed', async () => {
      const { store, eventSecret } = await reconnected();
      await set(TEN_PERCENT);
      const there = inShop();
      if (there) there.usage_limit = 1;
      const event = { eventId: randomUUID(), occurredAt: at.clock.now.toISOString() };
      const told = { ...event, type: 'coupon.changed', coupon: { id: String(there?.id), code, sequence: 1 } };
      expect(await tell(store, eventSecret, told)).to.equal('accepted');
      await at.server.idle();
      expect((await standing()).differences).to.deep.equal([
        { field: 'usage_limit', wanted: 'none', found: '1' },
      ]);
    });

    it('S10 tells that it is gone as soon as the plugin does, and keeps it here', async () => {
      const { store, eventSecret } = await reconnected();
      await set(TEN_PERCENT);
      const there = inShop();
      if (there) there.status = 'trash';
      const event = { eventId: randomUUID(), occurredAt: at.clock.now.toISOString() };
      const removed = (couponId: number) => ({
        ...event,
        type: 'coupon.removed',
        couponId: String(couponId),
      });
      expect(await tell(store, eventSecret, removed(987_654)), "another's coupon").to.equal('accepted');
      await at.server.idle();
      expect((await standing()).state).to.equal('in step');
      expect(await tell(store, eventSecret, { ...removed(there?.id ?? 0), eventId: randomUUID() })).to.equal(
        'accepted',
      );
      await at.server.idle();
      expect((await standing()).differences[0]).to.include({ field: 'coupon', found: 'gone' });
      expect((await shop.api('GET', `/api/v1/coupons/${couponId}`)).body.terms).to.not.equal(null);
    });

    it('S10 finds what was changed by hand or deleted in the shop, and deletes nothing here', async () => {
      await set(TEN_PERCENT);
      const there = inShop();
      if (there) there.amount = '50.00';
      at.clock.now = new Date(at.clock.now.getTime() + DAY);
      await at.server.parts.jobs.runNow('compare-coupons');
      expect((await standing()).differences).to.deep.equal([{ field: 'amount', wanted: '10', found: '50' }]);
      expect(inShop()?.amount, 'left to people').to.equal('50.00');
      if (there) there.status = 'trash';
      at.clock.now = new Date(at.clock.now.getTime() + DAY);
      await at.server.parts.jobs.runNow('compare-coupons');
      expect((await standing()).differences[0]).to.include({ field: 'coupon', found: 'gone' });
      expect((await shop.api('GET', `/api/v1/coupons/${couponId}`)).body.terms).to.not.equal(null);
    });
  });
});
