import { expect } from 'chai';
import { DAY, HOUR } from '../../server/shared/clock.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { aProgram } from '../support/a-program.ts';
import { startWatchedServer, type WatchedServer } from '../api/watch-data.ts';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';

const START = new Date('2026-10-02T10:00:00Z');
const PATH = '/collect/v1/conversions';

describe('a page that tells what was bought', () => {
  let at: WatchedServer;
  let shop: Shop;
  let program: Shop['api'];
  before(async () => {
    at = await startWatchedServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
    program = await aProgram(at, shop, ['conversions:write', 'read']);
    at.clock.now = START;
  });
  after(() => at.stop());

  const sale = (facts: object = {}) => ({
    storeKey: shop.stores.custom.storeKey,
    kind: 'sale',
    externalId: '1001',
    amount: { amount: 4500, currency: 'EUR' },
    code: 'anna',
    consent: true,
    ...facts,
  });
  async function tell(facts: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await call(at, 'POST', PATH, sale(facts), headers);
    await at.server.idle();
    return answer;
  }
  async function show(query: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    const search = new URLSearchParams({ store: shop.stores.custom.storeKey, consent: '1', ...query });
    const answer = await call(at, 'GET', `/collect/v1/c.gif?${search}`, undefined, headers);
    await at.server.idle();
    return answer;
  }
  const orders = async (): Promise<any[]> => (await program('GET', '/api/v1/orders')).body.items;
  const states = async () => {
    const { body } = await program('GET', '/api/v1/commissions');
    return body.items.map(({ amount, state }: any) => `${amount.amount} ${state}`);
  };
  const winner = async () => {
    const [{ id }] = await orders();
    return (await program('GET', `/api/v1/orders/${id}/attribution`)).body.items.at(-1).winner;
  };
  const pass = async (milliseconds: number) => {
    at.clock.now = new Date(at.clock.now.getTime() + milliseconds);
    await at.server.parts.jobs.runNow('release-due');
    await at.server.idle();
  };
  const refusal = ({ status, body }: Answer) => [status, body.error?.code];
  const signed = (order: object = {}) => {
    const moment = at.clock.now.toISOString();
    return shop.sendEvents([anOrderEvent({ createdAt: moment, updatedAt: moment, ...order })]);
  };

  it('is believed as far as pending: its code is of the class pixel, 20 % of 45.00 is 9.00 (S3)', async () => {
    const { status, body } = await tell();
    expect([status, body]).to.deep.equal([202, '']);
    expect(await winner()).to.include({ affiliateName: 'Anna', class: 'pixel' });
    await pass(400 * DAY);
    expect(await states()).to.deep.equal(['900 pending']);
  });

  it('is believed when the merchant confirms it, with what it told of the visitor', async () => {
    await tell();
    const [{ id }] = await orders();
    const { body } = await program('POST', `/api/v1/conversions/${id}/confirm`);
    expect(body).to.include({ state: 'confirmed', toldBy: 'pixel' });
    await at.server.idle();
    await pass(400 * DAY);
    expect([await states(), (await winner()).affiliateName]).to.deep.equal([['900 payable'], 'Anna']);
  });

  it('has nothing left when the merchant rejects it, whoever tells of it later (S7)', async () => {
    await tell();
    const { body } = await program('GET', '/api/v1/commissions');
    const path = `/api/v1/commissions/${body.items[0].id}/reject`;
    expect((await shop.api('POST', path, { reason: 'no such order' })).status).to.equal(200);
    await tell({ amount: { amount: 9000, currency: 'EUR' } });
    expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 0 });
  });

  it('is heard once: what it says of the same order again changes nothing', async () => {
    await tell();
    const before = await at.dump();
    expect((await tell({ amount: { amount: 9_999_900, currency: 'EUR' }, code: 'ben' })).status).to.equal(
      202,
    );
    expect(await at.dump()).to.equal(before);
  });

  it('changes nothing of an order that the shop has told', async () => {
    await signed();
    const before = await at.dump();
    await tell();
    expect(await at.dump()).to.equal(before);
  });

  it('cannot take an order of the shop by guessing its number, not even days before (S3)', async () => {
    await tell();
    await pass(30 * DAY);
    await signed();
    expect(await winner()).to.equal(null);
    expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 0 });
    const [order] = await orders();
    expect([order.placedAt, order.versions]).to.deep.equal([at.clock.now.toISOString(), 2]);
    const { body } = await program('GET', `/api/v1/orders/${order.id}/attribution`);
    expect(JSON.stringify(body.items.at(-1))).to.not.include('Anna');
  });

  it('gives way to what a program of the merchant says of the order', async () => {
    await tell();
    const told = { storeId: shop.stores.custom.id, kind: 'sale', externalId: '1001' };
    const amount = { amount: 1000, currency: 'EUR' };
    const { body } = await program('POST', '/api/v1/conversions', { ...told, amount, code: 'ben' });
    await at.server.idle();
    expect([body.toldBy, await shop.balanceOf('anna'), await shop.balanceOf('ben')]).to.deep.equal([
      'api',
      { EUR: 0 },
      { EUR: 200 },
    ]);
  });

  it('keeps its credit, not its amount, where the shop tells an order that the merchant had confirmed', async () => {
    await tell();
    const [{ id }] = await orders();
    await program('POST', `/api/v1/conversions/${id}/confirm`);
    await signed({ isPaid: true, updatedAt: '2026-10-02T09:00:00Z', createdAt: '2026-10-02T09:00:00Z' });
    expect([await shop.balanceOf('anna'), (await winner()).affiliateName]).to.deep.equal([
      { EUR: 2000 },
      'Anna',
    ]);
  });

  it('may be of any origin and send its JSON as text, so that no browser asks first', async () => {
    const answer = await tell({}, { 'content-type': 'text/plain', origin: 'https://custom.example' });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).to.deep.equal([202, '*']);
    expect(await states()).to.deep.equal(['900 pending']);
  });

  it('names the visitor by the key of the browser: the touch keeps its class (S3)', async () => {
    const { visitorKey } = await shop.touch('ben');
    at.clock.now = new Date(START.getTime() + HOUR);
    await tell({ code: undefined, visitorKey });
    expect(await winner()).to.include({ affiliateName: 'Ben', class: 'link' });
  });

  it('tells a lead without an amount', async () => {
    await tell({ kind: 'lead', amount: undefined });
    expect(await states()).to.deep.equal(['0 pending']);
  });

  it('leaves nothing of a visitor who has not consented, or whose browser asks for it', async () => {
    const before = await at.dump();
    expect(refusal(await tell({ consent: false }))).to.deep.equal([422, 'impossible']);
    expect(refusal(await tell({}, { dnt: '1' }))).to.deep.equal([422, 'impossible']);
    expect(refusal(await tell({}, { 'sec-gpc': '1' }))).to.deep.equal([422, 'impossible']);
    await show({ id: '1001', amount: '45.00', currency: 'EUR', consent: '0' });
    expect(await at.dump()).to.equal(before);
  });

  it('is refused for a shop whose platform tells its orders, for no shop, and without an amount', async () => {
    const { storeKey } = shop.stores.shopify;
    expect(refusal(await tell({ storeKey }))).to.deep.equal([422, 'impossible']);
    expect(refusal(await tell({ storeKey: 'nobody' }))).to.deep.equal([404, 'not-found']);
    expect(refusal(await tell({ amount: undefined }))).to.deep.equal([400, 'invalid-input']);
    expect(await orders()).to.deep.equal([]);
  });

  describe('by an image, because it has no script', () => {
    it('writes the amount as the shop prints it: 20 % of 45.00 is 9.00', async () => {
      const answer = await show({ id: '1001', amount: '45.00', currency: 'EUR', code: 'anna' });
      expect([answer.status, answer.headers.get('x-refledger-result')]).to.deep.equal([200, 'recorded']);
      expect(await states()).to.deep.equal(['900 pending']);
    });

    it('is shown a dot that any page may show and no cache keeps', async () => {
      const { headers, body } = await show({ id: '1001', amount: '45.00', currency: 'EUR' });
      expect(body).to.match(/^GIF89a/);
      const told = ['content-type', 'cache-control', 'cross-origin-resource-policy'];
      expect(told.map((name) => headers.get(name))).to.deep.equal(['image/gif', 'no-store', 'cross-origin']);
    });

    it('is shown the dot also when nothing is recorded, with the reason in a header', async () => {
      const wrong: [Record<string, string>, RegExp][] = [
        [{ amount: '45.00', currency: 'EUR' }, /^invalid-input: id: /],
        [{ id: '1' }, /^invalid-input: amount: A sale has an amount/],
        [{ id: '1', amount: '45.005', currency: 'EUR' }, /^invalid-input: amount: .*more decimals/],
        [{ id: '1', amount: '-1', currency: 'EUR' }, /^invalid-input: amount: An amount is not negative/],
        [{ id: '1', amount: '45', currency: 'euro' }, /^invalid-input: /],
        [{ id: '1', amount: '45', currency: 'EUR', consent: '0' }, /^impossible: Nothing is recorded/],
        [{ id: '1', amount: '45', currency: 'EUR', store: 'nobody' }, /^not-found: /],
      ];
      for (const [query, reason] of wrong) {
        const { status, headers, body } = await show(query);
        expect([status, body.slice(0, 6)], JSON.stringify(query)).to.deep.equal([200, 'GIF89a']);
        expect(headers.get('x-refledger-result'), JSON.stringify(query)).to.match(reason);
      }
      expect(await orders()).to.deep.equal([]);
    });

    it('leaves empty what its template has nothing for', async () => {
      await show({ id: '1', amount: '1505', currency: 'JPY', code: '', visitor: '' });
      expect(await orders()).to.have.length(1);
      await show({ id: '2', kind: 'lead', amount: '', currency: '', code: 'anna' });
      expect(await states()).to.deep.equal(['0 pending']);
    });
  });
});
