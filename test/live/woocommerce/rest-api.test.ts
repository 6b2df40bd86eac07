import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { createWooClient, WooError } from '../../../server/connectors/woocommerce/index.ts';
import { systemClock } from '../../../server/shared/clock.ts';
import { chromiumAvailable, describeOn, phpAvailable } from '../../support/requires.ts';
import { openFaultyLine } from './a-faulty-line.ts';
import { openTlsProxy, type TlsProxy } from './a-tls-proxy.ts';
import { foldersAvailable } from './a-wordpress.ts';
import { signInAsOwner } from './buy.ts';
import { openLiveShop, type LiveShop } from './open-live-shop.ts';

const needed = [phpAvailable(), chromiumAvailable(), foldersAvailable()];
const available = needed.find((reason) => reason !== true) ?? true;

const MINUTES = 60_000;
/** The one port beside 80, 443 and its own to which WordPress delivers webhooks at an address that a user gave. */
const WEBHOOK_PORT = 8080;

describeOn(available, 'the REST API and the webhooks of a real WooCommerce shop', function () {
  this.timeout(10 * MINUTES);
  let shop: LiveShop;
  let proxy: TlsProxy;
  const access = { address: '', consumerKey: '', consumerSecret: '', secretsInAddress: false };
  const connect = createWooClient({ clock: systemClock, allowPrivate: true, timeout: 2 * MINUTES });

  before(async () => {
    // The proxy's certificate is its own.
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    shop = await openLiveShop();
    proxy = await openTlsProxy(shop.wordpress.url);
    Object.assign(access, await control('rest-key', { may: 'read_write' }));
    for (const price of ['20', '30', '40']) {
      await control('order', order(price));
    }
  });
  after(async () => {
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    await proxy?.close();
    await shop?.stop();
  });

  const control = (command: string, given: Record<string, unknown> = {}): Promise<any> =>
    shop.wordpress.control(command, given);
  const order = (price: string) => ({
    currency: 'EUR',
    product: shop.wordpress.product,
    prices: [price],
    code: 'anna',
  });

  const ways: [way: string, address: () => string, secretsInAddress: boolean][] = [
    ['http, signed by OAuth 1.0a', () => shop.wordpress.url, false],
    ['https, signed in by Basic', () => proxy.url, false],
    ['https, with the secrets in the address', () => proxy.url, true],
  ];
  for (const [way, address, secretsInAddress] of ways) {
    describe(`asked over ${way}`, () => {
      const ask = () => connect({ ...access, address: address(), secretsInAddress });

      it('tells orders by lists of states and ids, with totals, refunds and what is in the trash', async () => {
        const all = await ask().get('orders', { status: ['processing', 'completed'], dp: 2 });
        const ids = (all.body as { id: number }[]).map(({ id }) => id);
        expect([all.total, ids.length]).to.deep.equal([ids.length, ids.length]);
        const some = await ask().get('orders', { include: ids.slice(0, 2), per_page: 100 });
        expect((some.body as { id: number }[]).map(({ id }) => id)).to.have.members(ids.slice(0, 2));
        const made = await ask().post(`orders/${ids[0]}/refunds`, { amount: '1.00', api_refund: false });
        const refunds = await ask().get(`orders/${ids[0]}/refunds`, { dp: 2 });
        expect((refunds.body as { amount: string }[])[0]?.amount).to.equal('1.00');
        const { id } = made.body as { id: number };
        expect((await ask().delete(`orders/${ids[0]}/refunds/${id}`, { force: true })).status).to.equal(200);
      });

      it('changes an order, and says so when it knows none', async () => {
        const { id } = await control('order', order('10'));
        const changed = await ask().put(`orders/${id}`, { status: 'on-hold' });
        expect((changed.body as { status: string }).status).to.equal('on-hold');
        await ask().delete(`orders/${id}`);
        expect(((await ask().get(`orders/${id}`)).body as { status: string }).status).to.equal('trash');
        const listed = (await ask().get('orders', { status: 'trash' })).body as { id: number }[];
        expect(listed.map((one) => one.id)).to.include(id);
        await ask().delete(`orders/${id}`, { force: true });
        expect(await failure(ask().get(`orders/${id}`))).to.equal('not-found');
      });

      it('refuses a wrong secret, and a key that may only read', async () => {
        const wrong = connect({ ...access, address: address(), secretsInAddress, consumerSecret: 'cs_x' });
        expect(await failure(wrong.get('orders'))).to.equal('unauthorised');
        const reader = await control('rest-key', { may: 'read' });
        const reading = connect({ ...reader, address: address(), secretsInAddress });
        expect((await reading.get('orders')).status).to.equal(200);
        expect(await failure(reading.post('orders', {}))).to.equal('unauthorised');
      });

      it('takes a connection key for the plugin, and refuses one that is none', async () => {
        await control('forget-key');
        const put = (connectionKey: string) => ask().put('/wc-refledger/v1/connection', { connectionKey });
        expect(await failure(put('rflk1.half'))).to.equal('rejected');
        const { body } = await put(shop.connectionKey);
        expect(body).to.deep.include({ connected: true });
        expect((await control('send')).pending).to.equal(0);
      });
    });
  }

  it('the owner agrees on WooCommerce’s own page: the keys come to an https address, and work', async () => {
    const got: string[] = [];
    const receiver = createServer((request, response) => {
      void text(request).then((body) => {
        got.push(body);
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
    const callback = await openTlsProxy(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}`);
    try {
      await control('option', { name: 'live_callback_port', value: new URL(callback.url).port });
      const query = new URLSearchParams({
        app_name: 'Refledger',
        scope: 'read_write',
        user_id: 'a-state-of-one-use',
        return_url: callback.url,
        callback_url: `${callback.url}/connect`,
      });
      const page = await signInAsOwner(await shop.newVisitor(), shop.wordpress);
      await page.goto(`${shop.wordpress.url}/wc-auth/v1/authorize?${query}`);
      await page.getByRole('link', { name: 'Approve' }).click({ noWaitAfter: true });
      while (got.length === 0) await pause(100);
      const sent = JSON.parse(got[0] ?? '') as Record<string, string>;
      expect(sent).to.include({ user_id: 'a-state-of-one-use', key_permissions: 'read_write' });
      const { consumer_key: consumerKey = '', consumer_secret: consumerSecret = '' } = sent;
      const client = connect({ ...access, address: proxy.url, consumerKey, consumerSecret });
      expect((await client.get('orders')).status).to.equal(200);
    } finally {
      await callback.close();
      receiver.close();
    }
  });

  it('without our plugin, a core webhook brings the order: 10 % of 18.00 EUR by coupon is 1.80 EUR', async () => {
    const line = await openFaultyLine(shop.line.url, WEBHOOK_PORT);
    try {
      const url = `${line.url}/hooks/v1/woocommerce/${shop.storeId}`;
      for (const topic of ['order.created', 'order.updated']) {
        await control('core-webhook', { topic, url, secret: shop.webhookSecret });
      }
      await shop.send();
      await control('deactivate', { plugin: 'refledger/refledger.php' });
      const before = await shop.earned();
      await control('order', { ...order('18'), code: undefined, coupon: 'anna10' });
      await control('run-queue');
      await shop.settle();
      expect(line.batches).to.include('200').and.to.not.include('401');
      expect((await shop.earned()) - before).to.equal(180);
    } finally {
      await control('activate', { plugin: 'refledger/refledger.php' });
      await line.close();
    }
  });
});

/** The code of the error with which it fails. */
async function failure(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    return error instanceof WooError ? error.code : String(error);
  }
  return 'nothing failed';
}
