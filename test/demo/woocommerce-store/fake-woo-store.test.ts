import { expect } from 'chai';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createWooClient, WooError, type WooClient } from '../../../server/connectors/woocommerce/index.ts';
import { buildWooCommerceOrder } from '../../../server/demo/shops/build-woocommerce-order.ts';
import { buildWooCommerceRefunds } from '../../../server/demo/shops/build-woocommerce-refund.ts';
import {
  startFakeWooStore,
  type Fault,
  type FakeWooStore,
} from '../../../server/demo/shops/woocommerce-store/index.ts';
import { parseBody, translateRestOrder } from '../../../server/connectors/woocommerce/index.ts';
import { wooLine, wooOrder, wooRefund } from '../../support/woocommerce-payloads.ts';
import { sharedAvailable, sharedFixtures, describeWhen } from '../../support/requires.ts';
import { aPlannedOrder } from '../a-planned-order.ts';

const connect = createWooClient({ clock: () => new Date(), allowPrivate: true, timeout: 1_500 });
const at = (time: string): string => `2026-11-21T${time}`;

describe('The fake WooCommerce shop (woocommerce.md 7 and 8)', () => {
  let shop: FakeWooStore;
  let api: WooClient;
  const open = async (options: Parameters<typeof startFakeWooStore>[0] = {}): Promise<void> => {
    shop = await startFakeWooStore(options);
    api = connect(shop.accessOf());
  };
  afterEach(() => shop.stop());

  const put = (id: number, modified: string, facts: object = {}): void =>
    shop.setOrder(wooOrder({ id, number: String(id), date_modified_gmt: at(modified), ...facts }));
  const idsOf = async (
    path: string,
    params: Record<string, string | number | boolean> = {},
  ): Promise<number[]> =>
    ((await api.get(path, { per_page: 100, ...params })).body as { id: number }[]).map(({ id }) => id);
  const refusalOf = async (ask: Promise<unknown>): Promise<WooError> => {
    const error: unknown = await ask.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof WooError)) throw new Error('it was not refused');
    return error;
  };

  describe('who may ask', () => {
    it('takes what the library signs, with signs and lists in it', async () => {
      await open();
      put(1, '03:00:00');
      const include = Array.from({ length: 12 }, (_, index) => index + 1);
      const { body } = await api.get('orders', { include, search: "a b&c+d'(!)*~ä" });
      expect(body).to.have.length(1);
    });

    it('refuses another secret, another key and no signature at all', async () => {
      await open();
      const access = shop.accessOf();
      for (const wrong of [{ consumerSecret: 'cs_other' }, { consumerKey: 'ck_other' }]) {
        expect((await refusalOf(connect({ ...access, ...wrong }).get('orders'))).code).to.equal(
          'unauthorised',
        );
      }
      expect((await fetch(`${shop.address}/wp-json/wc/v3/orders`)).status).to.equal(401);
    });

    it('refuses the same request a second time, and one that was changed on its way', async () => {
      await open();
      const { host, urls } = await signed(2);
      const [first = '', second = ''] = urls;
      expect(await replay(host, first)).to.equal(200);
      expect(await replay(host, first), 'its nonce was used').to.equal(401);
      expect(await replay(host, second.replaceAll('per_page=5', 'per_page=6'))).to.equal(401);
      expect(await replay('other.example', second), 'the host is signed').to.equal(401);
      expect(await replay(host, second)).to.equal(200);
    });

    /** Addresses as the library signs them, for a host that only listens. */
    async function signed(count: number): Promise<{ host: string; urls: string[] }> {
      const urls: string[] = [];
      const tap = createServer(({ url = '' }, response) => {
        urls.push(url);
        response.end('[]');
      }).listen(0, '127.0.0.1');
      await once(tap, 'listening');
      const host = `127.0.0.1:${(tap.address() as AddressInfo).port}`;
      const client = connect({ ...shop.accessOf(), address: `http://${host}` });
      for (let made = 0; made < count; made += 1) await client.get('orders', { per_page: 5 });
      tap.close().closeAllConnections();
      return { host, urls };
    }

    async function replay(host: string, path: string): Promise<number> {
      const asked = request(shop.address + path, { headers: { host } }).end();
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode ?? 0;
    }

    it('takes Basic where it is switched on, as behind a TLS proxy', async () => {
      await open({ takesBasic: true });
      const { consumerKey, consumerSecret } = shop.accessOf();
      const ask = async (words: string): Promise<number> => {
        const authorization = `Basic ${Buffer.from(words).toString('base64')}`;
        return (await fetch(`${shop.address}/wp-json/wc/v3/orders`, { headers: { authorization } })).status;
      };
      expect(await ask(`${consumerKey}:${consumerSecret}`)).to.equal(200);
      expect(await ask(`${consumerKey}:cs_other`)).to.equal(401);
    });
  });

  describe('lists', () => {
    it('show a hundred at most, 101 are a refusal, and say how many there are', async () => {
      await open();
      for (let id = 1; id <= 205; id += 1) put(id, '03:00:00');
      const { body, total, totalPages } = await api.get('orders', { per_page: 100 });
      expect([(body as []).length, total, totalPages]).to.deep.equal([100, 205, 3]);
      const refusal = await refusalOf(api.get('orders', { per_page: 101 }));
      expect(refusal).to.include({ code: 'rejected', status: 400, wooCode: 'rest_invalid_param' });
      expect((await idsOf('orders', { offset: 200, orderby: 'id', order: 'asc' }))[0]).to.equal(201);
    });

    it('modified_after is strict, to the second', async () => {
      await open();
      put(1, '03:00:00');
      put(2, '03:00:01');
      const ask = (time: string) => idsOf('orders', { modified_after: at(time), dates_are_gmt: true });
      expect(await ask('03:00:00')).to.deep.equal([2]);
      expect(await ask('02:59:59')).to.have.members([1, 2]);
      expect(await idsOf('orders', { modified_before: at('03:00:01'), dates_are_gmt: true })).to.deep.equal([
        1,
      ]);
    });

    it('a Z and dates_are_gmt together shift the filter by the hours of the shop; either alone is right', async () => {
      await open({ hoursAhead: -8 });
      put(1, '03:00:00');
      put(2, '09:00:00');
      const ask = (text: string, more: object = {}) => idsOf('orders', { modified_after: text, ...more });
      expect(await ask(at('08:00:00'), { dates_are_gmt: true }), 'naive and GMT').to.deep.equal([2]);
      expect(await ask(`${at('08:00:00')}Z`), 'Z alone').to.deep.equal([2]);
      expect(await ask(`${at('08:00:00')}Z`, { dates_are_gmt: true }), 'both').to.have.members([1, 2]);
      expect(await ask(at('00:30:00')), 'naive alone is shop time').to.deep.equal([2]);
    });

    it('"any" shows drafts and no trash; a trashed order is found by its own status and by its id', async () => {
      await open();
      put(1, '03:00:00', { status: 'checkout-draft' });
      put(2, '03:00:00');
      shop.trash(2, new Date(`${at('04:00:00')}Z`));
      expect(await idsOf('orders', { status: 'any' })).to.deep.equal([1]);
      expect(await idsOf('orders', { include: '2' }), 'include').to.deep.equal([]);
      expect(await idsOf('orders', { status: 'trash' })).to.deep.equal([2]);
      expect((await api.get('orders/2')).body).to.include({
        status: 'trash',
        date_modified_gmt: at('04:00:00'),
      });
    });

    it('rows move behind what was read when somebody changes them meanwhile', async () => {
      await open();
      put(1, '03:00:00');
      put(2, '03:00:01');
      const list = (page: number) =>
        idsOf('orders', { per_page: 1, page, orderby: 'modified', order: 'asc' });
      expect(await list(1)).to.deep.equal([1]);
      put(1, '03:00:09');
      expect(await list(2), 'order 2 has gone to the first page').to.deep.equal([1]);
    });
  });

  describe('refunds', () => {
    it('an order shows their totals, its refunds their lines; one that is made moves the date', async () => {
      await open();
      put(57, '03:00:00');
      shop.addRefund(
        57,
        wooRefund({ id: 58, amount: '5', lines: [{ total: '-5' }] }),
        new Date(`${at('05:00:00')}Z`),
      );
      const { body } = await api.get('orders/57');
      expect(body).to.deep.include({
        date_modified_gmt: at('05:00:00'),
        refunds: [{ id: 58, reason: '', total: '-5.00' }],
      });
      const [refund] = (await api.get('orders/57/refunds')).body as Record<string, any>[];
      expect([refund?.['amount'], refund?.['line_items'][0].total]).to.deep.equal(['5.00', '-5.00']);
      const polled = await api.get('refunds', { modified_after: at('04:59:59'), dates_are_gmt: true });
      expect(polled.body).to.deep.include({ ...refund });
      expect(refund?.['parent_id']).to.equal(57);
    });

    it('one that is deleted leaves no trace', async () => {
      await open();
      put(57, '03:00:00');
      shop.addRefund(57, wooRefund({ id: 58, amount: '5' }), new Date(`${at('05:00:00')}Z`));
      shop.deleteRefund(57, 58);
      expect((await api.get('orders/57')).body).to.deep.include({
        date_modified_gmt: at('05:00:00'),
        refunds: [],
      });
      expect(await idsOf('refunds')).to.deep.equal([]);
    });
  });

  describe('amounts and what is gone', () => {
    it("are shown with the shop's decimals: 1.234 KWD is 1.23 unless dp says otherwise", async () => {
      await open();
      shop.setOrder(wooOrder({ currency: 'KWD', line_items: [wooLine({ subtotal: '1.234' })] }));
      const totalAt = async (params: object): Promise<unknown> =>
        ((await api.get('orders/57', { ...params })).body as any).line_items[0].total;
      expect(await totalAt({})).to.equal('1.23');
      expect(await totalAt({ dp: 3 })).to.equal('1.234');
      expect(await totalAt({ dp: 0 })).to.equal('1');
    });

    it('an order that was deleted for good is 404 in the words of WooCommerce; a route that is none in others', async () => {
      await open();
      put(1, '03:00:00');
      shop.deleteForGood(1);
      const gone = await refusalOf(api.get('orders/1'));
      expect(gone).to.include({ code: 'not-found', wooCode: 'woocommerce_rest_shop_order_invalid_id' });
      expect(await refusalOf(api.get('nothing'))).to.include({ code: 'not-found', wooCode: 'rest_no_route' });
    });
  });

  describe('in trouble', () => {
    const expected: Record<Fault, string> = {
      unauthorised: 'unauthorised',
      'turned-away': 'busy',
      'too-many': 'busy',
      'server-error': 'busy',
      maintenance: 'not-json',
      slow: 'timed-out',
      truncated: 'unreachable',
      redirect: 'rejected',
      huge: 'too-large',
      'no-routes': 'not-found',
    };
    for (const [fault, code] of Object.entries(expected)) {
      it(`${fault}: our client says ${code}, and the next request is answered`, async () => {
        await open();
        shop.setFault(() => fault as Fault);
        const error = await refusalOf(api.get('orders'));
        expect(error.code).to.equal(code);
        if (fault === 'too-many') expect(error.retryAfterSeconds).to.equal(7);
        shop.setFault(undefined);
        expect((await api.get('orders')).body).to.deep.equal([]);
      });
    }
  });

  describe('what it shows', () => {
    it("is what the demo's shops send: a planned order with its refund is read as it was planned", async () => {
      await open();
      const change = {
        kind: 'refund-line',
        at: new Date('2026-10-20T10:00:00Z'),
        refundId: 900,
        lineId: 1,
      } as const;
      const order = aPlannedOrder({ change: { ...change, quantity: 1, net: 5_000n, tax: 1_050n } });
      shop.setOrder(
        buildWooCommerceOrder(order, 'changed', () => ''),
        buildWooCommerceRefunds(order),
      );
      const { body } = await api.get(`orders/${order.externalId}`);
      const refunds = await api.get(`orders/${order.externalId}/refunds`);
      const delivery = translateRestOrder(body, refunds.body);
      if (delivery.kind !== 'order') throw new Error('it is no order');
      const [refund] = delivery.snapshot.refunds;
      expect(refund?.lines).to.deep.equal([{ lineId: '1', quantity: 1, net: 5_000n, tax: 1_050n }]);
      expect(refund).to.include({ amountOnly: 0n, totalOnly: false });
    });
  });

  describeWhen(sharedAvailable(), 'beside a real shop', () => {
    it('is read as the recorded answers are', async () => {
      const folder = join(
        sharedFixtures() ?? '',
        'woocommerce/06-partial-refund-by-line-then-amount-then-full',
      );
      await open();
      const read = (name: string): unknown => parseBody(readFileSync(join(folder, `${name}.json`)));
      const [order, refunds] = [read('rest-order-2-amount'), read('rest-refunds-2-amount')];
      shop.setOrder(order as object, refunds as object[]);
      const { id } = order as { id: number };
      const shown = [
        (await api.get(`orders/${id}`)).body,
        (await api.get(`orders/${id}/refunds`)).body,
      ] as const;
      expect(translateRestOrder(...shown)).to.deep.equal(translateRestOrder(order, refunds));
    });
  });
});
