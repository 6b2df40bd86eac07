import { expect } from 'chai';
import { startServer, type TestServer } from '../../support/a-server.ts';
import { openShop, type Shop } from '../../support/a-shop.ts';
import { anAffiliate } from '../../support/an-affiliate.ts';
import { anOrderEvent } from '../../support/a-signed-order.ts';
import { findDisagreements } from '../../independent/recompute.mjs';

const PAID = { status: 'paid', isPaid: true, paidAt: '2026-10-02T10:00:00Z' };
const byAnna = { ...PAID, referral: { code: 'anna', source: 'cookie' } };
const ANNAS_ACCOUNT = 'AT61 1904 3002 3457 3201';
const customer = { id: 'c-7', email: 'gina@buyers.example', paymentAccount: ANNAS_ACCOUNT };

describe('S16 an affiliate who reads by API', () => {
  let at: TestServer;
  let shop: Shop;
  let anna: Shop['api'];
  let ben: Shop['api'];
  before(async () => {
    at = await startServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
    anna = await anAffiliate(at, shop, shop.affiliates.anna);
    ben = await anAffiliate(at, shop, shop.affiliates.ben);
    at.clock.now = new Date('2026-10-02T10:05:00Z');
  });
  after(() => at.stop());

  let sequence = 0;
  const tell = (order: Record<string, unknown>) =>
    shop.sendEvents([anOrderEvent(order, { sequence: (sequence += 1) })]);
  const itemsFor = async (api: Shop['api'], query = ''): Promise<any[]> => {
    const { status, body } = await api('GET', `/api/v1/affiliate/commissions${query}`);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.items;
  };
  const decide = (id: string, action: string, fields: object) =>
    shop.api('POST', `/api/v1/commissions/${id}/${action}`, fields);
  const amounts = (items: any[]) => items.map(({ orderNumber, amount }) => [orderNumber, amount.amount]);
  const cancelled = { status: 'cancelled', updatedAt: '2026-10-02T10:04:00Z' };

  it("finds their own commissions and reversals, and nobody else's", async () => {
    await tell(byAnna);
    await tell({ ...byAnna, ...cancelled });
    await tell({ ...PAID, id: '1002', number: '#1002', coupons: ['ben10'] });
    expect(amounts(await itemsFor(anna))).to.deep.equal(
      [
        ['1001', 2000],
        ['1001', -2000],
      ].map(([number, amount]) => [`#${number}`, amount]),
    );
    expect(amounts(await itemsFor(ben))).to.deep.equal([['#1002', 1000]]);
  });

  it('may ask for one state, or for one order', async () => {
    await tell(byAnna);
    await tell({ ...byAnna, id: '1002', number: '#1002' });
    const [first, second] = await itemsFor(anna);
    await decide(second.id, 'hold', { reason: 'We are asking the shop.' });
    expect((await itemsFor(anna, '?state=held')).map(({ id }) => id)).to.deep.equal([second.id]);
    expect((await itemsFor(anna, `?orderId=${first.orderId}`)).map(({ id }) => id)).to.deep.equal([first.id]);
    expect(await itemsFor(ben, `?orderId=${first.orderId}`)).to.deep.equal([]);
  });

  it('reads the receipt that the merchant reads, to the letter, and can recompute it', async () => {
    await tell({ ...byAnna, customer });
    const [{ id }] = await itemsFor(anna);
    const own = (await anna('GET', `/api/v1/affiliate/commissions/${id}/receipt`)).body;
    const { flags, ...merchants } = (await shop.api('GET', `/api/v1/commissions/${id}/receipt`)).body;
    expect(own).to.deep.equal(merchants);
    expect(flags).to.deep.equal([]);
    expect(findDisagreements(own.receipt)).to.deep.equal([]);
    expect(JSON.stringify(own)).to.not.match(/customer|gina|e-?mail|address|AT61/i);
  });

  it("does not find another affiliate's receipt, nor a place in another affiliate's list", async () => {
    await tell({ ...PAID, coupons: ['ben10'] });
    const [{ id }] = await itemsFor(ben);
    const foreign = await anna('GET', `/api/v1/affiliate/commissions/${id}/receipt`);
    const missing = await anna('GET', '/api/v1/affiliate/commissions/no-such/receipt');
    expect([foreign.status, foreign.body.error.message]).to.deep.equal([404, missing.body.error.message]);
    const cursors = [id, 'no-such'].map((cursor) =>
      anna('GET', `/api/v1/affiliate/commissions?cursor=${cursor}`),
    );
    const answers = (await Promise.all(cursors)).map(({ status, body }) => [status, body.error.issues]);
    expect(answers[0]).to.deep.equal(answers[1]).and.to.include(400);
  });

  it('S9: sees that a commission is held and not what the guard found; the merchant sees it', async () => {
    const identity = { payoutAccount: ANNAS_ACCOUNT };
    await shop.api('PUT', `/api/v1/affiliates/${shop.affiliates.anna}/identity`, identity);
    await tell({ ...byAnna, customer });
    const [{ state, states }] = await itemsFor(anna);
    expect([state, states[0].by, states[0].reason]).to.deep.equal([
      'held',
      'the order',
      'it is being reviewed',
    ]);
    const [seen] = (await shop.api('GET', '/api/v1/commissions')).body.items;
    expect(seen.states[0].reason).to.contain("the order was paid from the affiliate's payout account");
    const text = JSON.stringify([
      await itemsFor(anna),
      (await anna('GET', `/api/v1/affiliate/commissions/${seen.id}/receipt`)).body,
    ]);
    expect(text).to.not.contain('payout account');
  });

  it('S9: does not learn it either when the guard holds what was posted before, nor after a release', async () => {
    await tell({ ...byAnna, customer });
    const identity = { payoutAccount: ANNAS_ACCOUNT };
    await shop.api('PUT', `/api/v1/affiliates/${shop.affiliates.anna}/identity`, identity);
    const grown = { id: 'l1', title: 'Tea', quantity: 2, subtotal: '200.00', total: '200.00' };
    await tell({ ...byAnna, customer, updatedAt: '2026-10-02T10:04:00Z', lines: [grown] });
    const [first] = await itemsFor(anna);
    await decide(first.id, 'release', { reason: 'All is well.' });
    const [{ states }] = await itemsFor(anna);
    expect(states.map((each: any) => [each.state, each.by, each.reason])).to.deep.equal([
      ['pending', 'the order', null],
      ['held', 'the order', 'it is being reviewed'],
      ['pending', 'the merchant', 'All is well.'],
    ]);
  });

  it('reads the reasons that people gave, and not who of the merchant it was', async () => {
    await tell(byAnna);
    const [{ id }] = await itemsFor(anna);
    await decide(id, 'hold', { reason: 'We are asking the shop.' });
    await decide(id, 'reject', { reason: 'The buyer never got it.' });
    await at.server.idle();
    const [{ states }] = await itemsFor(anna);
    expect(states.slice(1).map((each: any) => [each.state, each.by, each.reason])).to.deep.equal([
      ['held', 'the merchant', 'We are asking the shop.'],
      ['rejected', 'the merchant', 'The buyer never got it.'],
    ]);
  });

  it('S12: reads their own balances by currency, account and programme, also across pages', async () => {
    await tell(byAnna);
    at.clock.now = new Date('2026-11-02T10:05:00Z');
    await at.server.parts.jobs.runNow('release-due');
    const recent = { createdAt: '2026-11-02T10:00:00Z', updatedAt: '2026-11-02T10:00:00Z' };
    await tell({
      ...byAnna,
      ...recent,
      id: '1002',
      paidAt: null,
      isPaid: false,
      status: 'pending',
      currency: 'JPY',
    });
    await tell({ ...PAID, ...recent, id: '1003', coupons: ['ben10'] });
    const read = async (api: Shop['api'], query = '') =>
      (await api('GET', `/api/v1/affiliate/balances${query}`)).body;
    const { items } = await read(anna);
    expect(items.map(({ kind, balance }: any) => [balance.currency, kind, balance.amount])).to.deep.equal([
      ['EUR', 'payable', 2000],
      ['EUR', 'pending', 0],
      ['JPY', 'pending', 20],
    ]);
    expect(items.every(({ programId }: any) => programId === shop.programId)).to.equal(true);
    const first = await read(anna, '?limit=2');
    const rest = await read(anna, `?limit=2&cursor=${encodeURIComponent(first.nextCursor)}`);
    expect([...first.items, ...rest.items]).to.deep.equal(items);
    expect((await read(ben)).items.map(({ kind, balance }: any) => [kind, balance.amount])).to.deep.equal([
      ['pending', 1000],
    ]);
    const foreign = await ben(
      'GET',
      `/api/v1/affiliate/balances?cursor=${encodeURIComponent(first.nextCursor)}`,
    );
    expect(foreign.status).to.equal(400);
  });
});
