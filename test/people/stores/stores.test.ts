import { expect } from 'chai';
import { anOwner, startPeople, type Owner, type PeopleServer } from '../../support/people.ts';

const GIVEN_SECRET = 'a secret that the platform made';

describe("a merchant's shops", () => {
  let server: PeopleServer;
  let owner: Owner;
  before(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea shop');
  });
  after(() => server.stop());

  const find = () => server.parts.stores.findStore;
  let shops = 0;
  const connect = (given: object = {}) =>
    owner.post('/stores', {
      platform: 'woocommerce',
      domain: `https://shop${(shops += 1)}.example`,
      ...given,
    });

  it('show their secrets once, when they are connected', async () => {
    const { status, body } = await connect();
    expect(status).to.equal(201);
    expect(body.webhookSecret).to.have.length.of.at.least(32);
    expect(body.eventSecret).to.match(/^whsec_/);
    expect(Buffer.from(body.eventSecret.slice(6), 'base64')).to.have.length(32);
    for (const path of [`/stores/${body.store.id}`, '/stores', `/stores/${body.store.id}/health`]) {
      const { text } = await owner.get(path);
      expect(text)
        .to.not.include(body.webhookSecret)
        .and.not.include('whsec_')
        .and.not.match(/ecrets/);
    }
  });

  it('give a key to paste into the plugin of WooCommerce, when connected and with each new secret of events', async () => {
    const { body } = await connect();
    const { id: storeId, storeKey } = body.store;
    const first = readKey(body.connectionKey);
    expect(first).to.include({ storeId, storeKey, eventSecret: body.eventSecret });
    expect(first.server).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(Buffer.from(first.buyerKey, 'base64')).to.have.length(32);
    const rotate = (kind: string) => owner.post(`/stores/${storeId}/rotate-secret`, { kind });
    const event = (await rotate('event')).body;
    const { server: _server, ...same } = first;
    expect(readKey(event.connectionKey)).to.deep.include({ ...same, eventSecret: event.secret });
    expect((await rotate('webhook')).body.connectionKey).to.equal(null);
    expect((await connect({ platform: 'custom' })).body.connectionKey).to.equal(null);
  });

  it('are found by hooks and by the snippet, with their secrets', async () => {
    const { body } = await connect({ webhookSecret: GIVEN_SECRET });
    const { id, storeKey, domain } = body.store;
    const expected = {
      id,
      merchantId: owner.merchantId,
      platform: 'woocommerce',
      domain,
      status: 'connected',
      webhookSecrets: [GIVEN_SECRET],
      eventSecrets: [body.eventSecret],
    };
    expect(await find().byId(id)).to.deep.equal(expected);
    expect(await find().byStoreKey(storeKey)).to.deep.equal(expected);
    expect(await find().byId('unknown')).to.equal(undefined);
    expect(await find().byStoreKey('unknown')).to.equal(undefined);
  });

  it('keep their secrets encrypted', async () => {
    const { body } = await connect({ webhookSecret: GIVEN_SECRET });
    const stored = JSON.stringify(await server.connection.collection('stores').find().toArray());
    expect(stored).to.not.include(GIVEN_SECRET).and.not.include(body.eventSecret).and.not.include('whsec_');
  });

  it('accept the current and the previous secret while they change over', async () => {
    const { body } = await connect();
    const rotate = async () =>
      (await owner.post(`/stores/${body.store.id}/rotate-secret`, { kind: 'event' })).body.secret as string;
    const second = await rotate();
    expect((await find().byId(body.store.id))?.eventSecrets).to.deep.equal([second, body.eventSecret]);
    const third = await rotate();
    const found = await find().byId(body.store.id);
    expect(found?.eventSecrets).to.deep.equal([third, second]);
    expect(found?.webhookSecrets).to.deep.equal([body.webhookSecret]);
  });

  it('take the webhook secret that the platform gives, but make event secrets themselves', async () => {
    const { body } = await connect();
    const path = `/stores/${body.store.id}/rotate-secret`;
    expect((await owner.post(path, { kind: 'webhook', secret: GIVEN_SECRET })).body.secret).to.equal(
      GIVEN_SECRET,
    );
    expect((await find().byId(body.store.id))?.webhookSecrets).to.deep.equal([
      GIVEN_SECRET,
      body.webhookSecret,
    ]);
    expect((await owner.post(path, { kind: 'event', secret: GIVEN_SECRET })).status).to.equal(422);
  });

  it('lose no secret when two are made at once', async () => {
    const { body } = await connect();
    const path = `/stores/${body.store.id}/rotate-secret`;
    const answers = await Promise.all([1, 2].map(() => owner.post(path, { kind: 'event' })));
    const made = answers.map((answer) => answer.body.secret as string);
    expect((await find().byId(body.store.id))?.eventSecrets).to.have.members(made);
  });

  it('are connected once, whatever the form of the address', async () => {
    const { body } = await connect({ domain: 'HTTPS://Tea.Example/shop?x=1' });
    expect(body.store.domain).to.equal('https://tea.example');
    expect((await connect({ domain: 'tea.example' })).status).to.equal(409);
    expect((await connect({ domain: 'http://127.0.0.1:8080' })).body.store.domain).to.equal(
      'http://127.0.0.1:8080',
    );
  });

  it('need an address that fits the platform', async () => {
    const wrong = [
      { platform: 'shopify', domain: 'tea.example' },
      { platform: 'shopify', domain: 'tea.myshopify.com.evil.example' },
      { platform: 'woocommerce', domain: 'not an address' },
      { platform: 'woocommerce', domain: 'ftp://tea.example' },
      { platform: 'woocommerce', domain: 'https://user:pass@tea.example' },
    ];
    for (const shop of wrong) {
      const answer = await connect(shop);
      expect([answer.status, answer.body.error.issues[0].path], shop.domain).to.deep.equal([400, 'domain']);
    }
    const hosts = await connect({ storefrontHosts: ['fine.example', 'not a host'] });
    expect(hosts.body.error.issues[0].path).to.equal('storefrontHosts.1');
  });

  it('are known to hooks as disconnected afterwards, and can be connected again with new secrets', async () => {
    const { body: first } = await connect({ domain: 'https://again.example' });
    const { id } = first.store;
    await owner.post(`/stores/${id}/disconnect`);
    expect((await find().byId(id))?.status).to.equal('disconnected');
    const rotate = await owner.post(`/stores/${id}/rotate-secret`, { kind: 'event' });
    expect(rotate.status).to.equal(410);
    const { status, body: second } = await connect({ domain: 'https://again.example' });
    expect([status, second.store.id, second.store.status]).to.deep.equal([201, id, 'connected']);
    expect((await find().byId(id))?.eventSecrets).to.deep.equal([second.eventSecret]);
  });

  it('tell when they last said something', async () => {
    const { body } = await connect();
    const health = async () => (await owner.get(`/stores/${body.store.id}/health`)).body;
    expect(await health()).to.deep.equal({
      status: 'connected',
      lastEventAt: null,
      restAccess: null,
    });
    server.advance(1_000);
    await server.parts.stores.noteEvent(owner.merchantId, body.store.id);
    expect((await health()).lastEventAt).to.equal(server.now().toISOString());
  });
});

describe("a shop's secret that was replaced", () => {
  let server: PeopleServer;
  before(async () => {
    server = await startPeople();
  });
  after(() => server.stop());

  it('is good for another 24 hours and refused from then on', async () => {
    const owner = await anOwner(server, 'Tea shop');
    const { body } = await owner.post('/stores', { platform: 'custom', domain: 'https://tea.example' });
    const rotate = async (kind: string) =>
      (await owner.post(`/stores/${body.store.id}/rotate-secret`, { kind })).body.secret as string;
    const [event, webhook] = [await rotate('event'), await rotate('webhook')];
    const found = () => server.parts.stores.findStore.byId(body.store.id);

    server.advance(24 * 3_600_000 - 1);
    expect((await found())?.eventSecrets).to.deep.equal([event, body.eventSecret]);
    expect((await found())?.webhookSecrets).to.deep.equal([webhook, body.webhookSecret]);
    server.advance(1);
    expect((await found())?.eventSecrets).to.deep.equal([event]);
    expect((await found())?.webhookSecrets).to.deep.equal([webhook]);
  });
});

describe('a Shopify shop', () => {
  let server: PeopleServer;
  let us: Owner;
  let them: Owner;
  before(async () => {
    server = await startPeople();
    us = await anOwner(server, 'Us');
    them = await anOwner(server, 'Them');
  });
  after(() => server.stop());

  const shop = { platform: 'shopify', domain: 'Tea.myshopify.com', webhookSecret: GIVEN_SECRET };
  const findMerchant = async () =>
    (await server.parts.stores.findStore.byShopifyDomain('tea.myshopify.com'))?.merchantId;

  it('is connected to one merchant at a time, and its hooks find that one', async () => {
    const { body } = await us.post('/stores', shop);
    expect(await findMerchant()).to.equal(us.merchantId);
    const refused = await them.post('/stores', shop);
    expect([refused.status, refused.body.error.code]).to.deep.equal([409, 'conflict']);

    await us.post(`/stores/${body.store.id}/disconnect`);
    const found = await server.parts.stores.findStore.byShopifyDomain('tea.myshopify.com');
    expect(found).to.include({ merchantId: us.merchantId, status: 'disconnected' });

    expect((await them.post('/stores', shop)).status).to.equal(201);
    expect(await findMerchant()).to.equal(them.merchantId);
    expect((await us.post('/stores', shop)).status).to.equal(409);
  });

  it("is connected and changed over only with the app's own secret, which nobody here can make", async () => {
    const { webhookSecret, ...without } = { ...shop, domain: 'own.myshopify.com' };
    const refused = await us.post('/stores', without);
    expect([refused.status, refused.body.error.code]).to.deep.equal([400, 'invalid-input']);
    expect(refused.body.error.issues[0].path).to.equal('webhookSecret');
    expect(refused.body.error.help).to.include('API secret key');

    const { body } = await us.post('/stores', { ...without, webhookSecret });
    expect(body.webhookSecret).to.equal(GIVEN_SECRET);
    const rotate = (sent: object) => us.post(`/stores/${body.store.id}/rotate-secret`, sent);
    const kept = await rotate({ kind: 'webhook' });
    expect([kept.status, kept.body.error.issues[0].path]).to.deep.equal([400, 'secret']);
    expect((await rotate({ kind: 'webhook', secret: 'the next secret of the app' })).status).to.equal(200);
    expect((await rotate({ kind: 'event' })).status).to.equal(200);
  });
});

const readKey = (key: string): Record<string, string> & { buyerKey: string } =>
  JSON.parse(Buffer.from(key.split('.')[1] ?? '', 'base64url').toString('utf8'));
