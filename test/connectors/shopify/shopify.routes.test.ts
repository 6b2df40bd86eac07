import { expect } from 'chai';
import request from 'supertest';
import { shopifyRoute } from '../../../server/connectors/shopify/index.ts';
import type { ReceiveDelivery } from '../../../server/shared/delivery.ts';
import type { StoreConnection } from '../../../server/shared/store-connection.ts';
import { shopifyOrder, signShopify } from '../../support/shopify-payloads.ts';
import { aLog, anInbox, serveHook } from '../hook-app.ts';

const SHOP: StoreConnection = {
  id: 'store-1',
  merchantId: 'merchant-1',
  platform: 'shopify',
  domain: 'tees.myshopify.com',
  status: 'connected',
  webhookSecrets: ['the current secret', 'the previous secret'],
  eventSecrets: [],
};
const BODY = JSON.stringify(shopifyOrder());
const MIB = 1_048_576;
const PATH = '/hooks/v1/shopify';

function openShop(facts: Partial<StoreConnection> = {}, accept?: ReceiveDelivery) {
  const inbox = anInbox();
  const { lines, log } = aLog();
  const store = { ...SHOP, ...facts };
  const byShopifyDomain = (domain: string) => Promise.resolve(domain === store.domain ? store : undefined);
  const receiveDelivery = accept ?? inbox.receiveDelivery;
  const deps = {
    findStore: { byShopifyDomain },
    isInboxFull: () => false,
    receiveDelivery,
    clock: () => new Date(0),
    log,
  };
  const app = serveHook(shopifyRoute(deps));
  const send = (headers: Record<string, string> = {}, body: string | Buffer = BODY) => {
    const genuine = {
      'Content-Type': 'application/json',
      'X-Shopify-Topic': 'orders/create',
      'X-Shopify-Shop-Domain': SHOP.domain,
      'X-Shopify-Hmac-Sha256': signShopify(body, 'the current secret'),
    };
    const call = request(app).post(PATH);
    for (const [name, value] of Object.entries({ ...genuine, ...headers })) if (value) call.set(name, value);
    return call.serialize((text: unknown) => text as string).send(body);
  };
  return { send, received: inbox.received, lines };
}

describe('A webhook of a connected Shopify shop', () => {
  it('is accepted once and known afterwards', async () => {
    const { send, received } = openShop();
    const first = await send();
    expect([first.status, first.body]).to.deep.equal([200, { status: 'accepted' }]);
    const again = await send({ 'X-Shopify-Webhook-Id': 'another', 'X-Shopify-Topic': 'orders/updated' });
    expect([again.status, again.body]).to.deep.equal([200, { status: 'known' }]);
    expect(received).to.have.length(1);
    expect(received[0]).to.include({ merchantId: 'merchant-1', storeId: 'store-1', channel: 'webhook' });
  });

  it('may be signed with the previous secret while it rotates', async () => {
    const { send } = openShop();
    const answer = await send({ 'X-Shopify-Hmac-Sha256': signShopify(BODY, 'the previous secret') });
    expect(answer.status).to.equal(200);
  });

  it('is verified over its bytes: UTF-8, escaped slashes, any content type', async () => {
    const { send } = openShop();
    const body = BODY.replace('T-Shirt', '測試 T\\/Shirt');
    expect((await send({ 'Content-Type': 'text/plain' }, Buffer.from(body))).status).to.equal(200);
  });

  it('is answered when it is of no consequence, and nothing is kept', async () => {
    const { send, received, lines } = openShop();
    const answer = await send({ 'X-Shopify-Topic': 'shop/update' });
    expect([answer.status, answer.body]).to.deep.equal([200, { status: 'ignored' }]);
    expect(received).to.deep.equal([]);
    expect(lines.map(({ reason }) => reason)).to.deep.equal(["the shop's settings changed"]);
  });

  it('is accepted when it is as long as an order with thousands of lines', async () => {
    const { send } = openShop();
    expect((await send({}, ' '.repeat(7 * MIB) + BODY)).status).to.equal(200);
  });

  it('fails, so that Shopify sends it again, when it could not be stored', async () => {
    const { send } = openShop({}, () => Promise.reject(new Error('disk full')));
    expect((await send()).status).to.equal(500);
  });
});

describe('A request that only looks like a webhook of Shopify', () => {
  const cases: [string, number, string, Record<string, string>, (string | Buffer)?][] = [
    ['has no signature', 401, 'bad-signature', { 'X-Shopify-Hmac-Sha256': '' }],
    [
      'is signed with another secret',
      401,
      'bad-signature',
      { 'X-Shopify-Hmac-Sha256': signShopify(BODY, 'guessed') },
    ],
    [
      'had one byte changed',
      401,
      'bad-signature',
      { 'X-Shopify-Hmac-Sha256': signShopify(BODY, 'the current secret') },
      BODY.replace('#1001', '#1002'),
    ],
    ['comes from an unknown shop', 401, 'bad-signature', { 'X-Shopify-Shop-Domain': 'other.myshopify.com' }],
    ['names no shop', 400, 'invalid-input', { 'X-Shopify-Shop-Domain': '' }],
    [
      'names something that is no shop',
      400,
      'invalid-input',
      { 'X-Shopify-Shop-Domain': 'evil.test/x.myshopify.com' },
    ],
    ['names no topic', 400, 'invalid-input', { 'X-Shopify-Topic': '' }],
    ['carries another topic than its body', 400, 'invalid-input', { 'X-Shopify-Topic': 'refunds/create' }],
    ['is not JSON', 400, 'malformed-body', {}, 'id=5'],
    ['is empty', 400, 'malformed-body', {}, ''],
    ['is larger than 8 MiB', 413, 'body-too-large', {}, ' '.repeat(8 * MIB + 1)],
  ];
  for (const [what, status, code, headers, body] of cases) {
    it(`is refused with ${status} ${code} when it ${what}`, async () => {
      const { send, received } = openShop();
      const answer = await send(headers, body);
      expect([answer.status, answer.body.error.code]).to.deep.equal([status, code]);
      expect(answer.body.error.help).to.be.a('string').that.is.not.empty;
      expect(received).to.deep.equal([]);
    });
  }
});

describe('A webhook of a shop that nobody connected', () => {
  it('is answered word for word as a bad signature, so that nobody learns which shops are here', async () => {
    const { send } = openShop();
    const guessed = { 'X-Shopify-Hmac-Sha256': signShopify(BODY, 'guessed') };
    const known = await send(guessed);
    const unknown = await send({ ...guessed, 'X-Shopify-Shop-Domain': 'other.myshopify.com' });
    const shown = ({ status, body: { error } }: typeof known) => ({ ...error, status, requestId: null });
    expect(shown(unknown)).to.deep.equal(shown(known));
  });
});

describe('A webhook of a Shopify shop that was disconnected', () => {
  it('is refused with 410', async () => {
    const { send, received } = openShop({ status: 'disconnected' });
    const answer = await send();
    expect([answer.status, answer.body.error.code]).to.deep.equal([410, 'store-disconnected']);
    expect(received).to.deep.equal([]);
  });

  it('is answered when it is a privacy request, which comes two days after', async () => {
    const { send } = openShop({ status: 'disconnected' });
    expect((await send({ 'X-Shopify-Topic': 'shop/redact' })).status).to.equal(200);
  });
});
