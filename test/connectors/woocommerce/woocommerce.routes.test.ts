import { expect } from 'chai';
import request from 'supertest';
import { wooCommerceRoute } from '../../../server/connectors/woocommerce/index.ts';
import type { ReceiveDelivery } from '../../../server/shared/delivery.ts';
import type { StoreConnection } from '../../../server/shared/store-connection.ts';
import { signWooCommerce, wooOrder } from '../../support/woocommerce-payloads.ts';
import { aLog, anInbox, serveHook } from '../hook-app.ts';

const STORE: StoreConnection = {
  id: 'store-1',
  merchantId: 'merchant-1',
  platform: 'woocommerce',
  domain: 'https://shop.test',
  status: 'connected',
  webhookSecrets: ['the current secret', 'the previous secret'],
  eventSecrets: [],
};
const MIB = 1_048_576;
const BODY = JSON.stringify(wooOrder()).replaceAll('/', '\\/');
const WARN = 40;

function openStore(facts: Partial<StoreConnection> = {}, accept?: ReceiveDelivery) {
  const inbox = anInbox();
  const { lines, log } = aLog();
  const store = { ...STORE, ...facts };
  let lookups = 0;
  const byId = (id: string) => {
    lookups += 1;
    return Promise.resolve(id === store.id ? store : undefined);
  };
  let ticks = 0;
  const clock = () => new Date(Date.UTC(2026, 10, 21) + (ticks += 1));
  const receiveDelivery = accept ?? inbox.receiveDelivery;
  const isInboxFull = () => false;
  const app = serveHook(wooCommerceRoute({ findStore: { byId }, isInboxFull, receiveDelivery, clock, log }));
  const send = (headers: Record<string, string> = {}, body: string | Buffer = BODY, storeId = store.id) => {
    const genuine = {
      'Content-Type': 'application/json',
      'X-WC-Webhook-Topic': 'order.updated',
      'X-WC-Webhook-Signature': signWooCommerce(body, 'the current secret'),
    };
    const call = request(app).post(`/hooks/v1/woocommerce/${storeId}`);
    for (const [name, value] of Object.entries({ ...genuine, ...headers })) if (value) call.set(name, value);
    return call.serialize((text: unknown) => text as string).send(body);
  };
  return { send, received: inbox.received, lines, lookups: () => lookups };
}

describe('A webhook of a connected WooCommerce shop', () => {
  it('is accepted once and known afterwards, whatever its unsigned headers say', async () => {
    const { send, received } = openStore();
    const first = await send();
    expect([first.status, first.body]).to.deep.equal([200, { status: 'accepted' }]);
    const again = await send({
      'X-WC-Webhook-Topic': 'order.created',
      'X-WC-Webhook-Delivery-ID': 'another',
    });
    expect([again.status, again.body]).to.deep.equal([200, { status: 'known' }]);
    expect(received).to.have.length(1);
    expect(received[0]).to.include({ merchantId: 'merchant-1', storeId: 'store-1', channel: 'webhook' });
  });

  it('may be signed with the previous secret while it rotates', async () => {
    const { send } = openStore();
    const answer = await send({ 'X-WC-Webhook-Signature': signWooCommerce(BODY, 'the previous secret') });
    expect(answer.status).to.equal(200);
  });

  it('may say the same twice when it has no date: two refunds of one order', async () => {
    const { send, received } = openStore();
    const topic = { 'X-WC-Webhook-Topic': 'action.woocommerce_order_refunded' };
    for (let time = 0; time < 2; time += 1) {
      await send(topic, '{"action":"woocommerce_order_refunded","arg":57}').expect(200, {
        status: 'accepted',
      });
    }
    expect(received).to.have.length(2);
  });

  it('warns the operator when it brings an error in place of orders', async () => {
    const { send, received, lines } = openStore();
    const body = JSON.stringify({
      code: 'woocommerce_rest_cannot_view',
      message: 'Sorry',
      data: { status: 403 },
    });
    await send({}, body).expect(200, { status: 'ignored' });
    expect(received).to.deep.equal([]);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.include({ level: WARN, reason: "the webhook's owner may not read orders" });
  });

  it('leaves nothing of a draft, neither stored nor in the log', async () => {
    const { send, received, lines } = openStore();
    await send({}, JSON.stringify(wooOrder({ status: 'checkout-draft' }))).expect(200, { status: 'ignored' });
    expect(received).to.deep.equal([]);
    expect(JSON.stringify(lines)).to.not.match(/gina|Market/i);
  });

  it('is accepted when it is as long as an order with thousands of lines', async () => {
    const { send } = openStore();
    expect((await send({}, ' '.repeat(7 * MIB) + BODY)).status).to.equal(200);
  });

  it('fails when it could not be stored', async () => {
    const { send } = openStore({}, () => Promise.reject(new Error('disk full')));
    expect((await send()).status).to.equal(500);
  });
});

describe('The ping at the creation of a webhook', () => {
  const FORM = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-WC-Webhook-Signature': '',
    'X-WC-Webhook-Topic': '',
  };

  it('is answered with exactly 200, and nothing is looked up or kept', async () => {
    const { send, received, lookups } = openStore();
    expect((await send(FORM, 'webhook_id=15')).status).to.equal(200);
    expect(received).to.deep.equal([]);
    expect(lookups()).to.equal(0);
  });

  it('is refused when it carries a signature that is not genuine', async () => {
    const { send } = openStore();
    expect((await send({ ...FORM, 'X-WC-Webhook-Signature': 'guessed' }, 'webhook_id=15')).status).to.equal(
      401,
    );
  });

  for (const body of ['webhook_id=', 'webhook_id=15&status=paid', 'webhook_id=abc', '']) {
    it(`is not "${body}": that is refused as unsigned`, async () => {
      const { send } = openStore();
      expect((await send(FORM, body)).status).to.equal(401);
    });
  }
});

describe('A request that only looks like a webhook of WooCommerce', () => {
  const cases: [string, number, string, Record<string, string>, (string | Buffer)?][] = [
    ['has no signature', 401, 'bad-signature', { 'X-WC-Webhook-Signature': '' }],
    [
      'is signed with another secret',
      401,
      'bad-signature',
      { 'X-WC-Webhook-Signature': signWooCommerce(BODY, 'guessed') },
    ],
    [
      'had one byte changed',
      401,
      'bad-signature',
      { 'X-WC-Webhook-Signature': signWooCommerce(BODY, 'the current secret') },
      BODY.replace('20.00', '90.00'),
    ],
    [
      'was parsed and written again on its way',
      401,
      'bad-signature',
      { 'X-WC-Webhook-Signature': signWooCommerce('{"url":"https:\\/\\/shop.test"}', 'the current secret') },
      '{"url":"https://shop.test"}',
    ],
    ['names no topic', 400, 'invalid-input', { 'X-WC-Webhook-Topic': '' }],
    ['carries another topic than its body', 400, 'invalid-input', { 'X-WC-Webhook-Topic': 'order.deleted' }],
    ['is not JSON', 400, 'malformed-body', {}, 'id=5'],
    ['is larger than 8 MiB', 413, 'body-too-large', {}, ' '.repeat(8 * MIB + 1)],
  ];
  for (const [what, status, code, headers, body] of cases) {
    it(`is refused with ${status} ${code} when it ${what}`, async () => {
      const { send, received } = openStore();
      const answer = await send(headers, body);
      expect([answer.status, answer.body.error.code]).to.deep.equal([status, code]);
      expect(answer.body.error.help).to.be.a('string').that.is.not.empty;
      expect(received).to.deep.equal([]);
    });
  }

  it('is refused with 404 for an unknown store, and for one of another platform', async () => {
    expect((await openStore().send({}, BODY, 'store-2')).status).to.equal(404);
    expect((await openStore({ platform: 'shopify' }).send()).status).to.equal(404);
  });

  it('is refused with 401 by a store that has no secret', async () => {
    const { send } = openStore({ webhookSecrets: [] });
    expect((await send({ 'X-WC-Webhook-Signature': signWooCommerce(BODY, '') })).status).to.equal(401);
  });

  it('is refused with 410 once the store was disconnected', async () => {
    const { send, received } = openStore({ status: 'disconnected' });
    const answer = await send();
    expect([answer.status, answer.body.error.code]).to.deep.equal([410, 'store-disconnected']);
    expect(received).to.deep.equal([]);
  });
});
