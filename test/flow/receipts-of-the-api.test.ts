import { expect } from 'chai';
import { findDisagreements } from '../independent/recompute.mjs';
import { startServer, type TestServer } from '../support/a-server.ts';
import { openShop, type Shop } from '../support/a-shop.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';

const RULES = {
  rules: [
    { id: 'link', kind: 'percent', args: { ratePpm: 125_000 } },
    {
      id: 'cups',
      kind: 'flat-per-unit',
      args: { amounts: { EUR: 50, JPY: 60 } },
      scope: { productId: 'cup' },
    },
    { id: 'order', kind: 'flat-per-order', args: { amounts: { EUR: 500 } }, scope: { categoryId: 'gifts' } },
    {
      id: 'yen',
      kind: 'flat-per-line',
      args: { amounts: { JPY: 1 } },
      scope: { categoryId: 'gifts' },
      priority: 1,
    },
  ],
  exclude: { productIds: ['voucher'], categoryIds: [] },
  include: ['shipping', 'fees'],
};

const line = (id: string, more: object) => ({
  id,
  title: id,
  quantity: 1,
  subtotal: '10.00',
  total: '10.00',
  totalTax: '2.00',
  ...more,
});

const placed = {
  referral: { code: 'anna', source: 'cookie' },
  createdAt: '2026-10-02T10:00:00Z',
  shipping: { total: '7.50', totalTax: '1.50' },
  fees: [
    { id: 'wrap', total: '2.00', totalTax: '0.40' },
    { id: 'bonus', total: '-1.00', totalTax: '-0.20' },
  ],
  lines: [
    line('tea', { productId: 'tea', total: '9.00', totalTax: '1.80' }),
    line('cups', { productId: 'cup', quantity: 3 }),
    line('gift', { productId: 'box', categoryIds: ['gifts'] }),
    line('voucher', { productId: 'voucher' }),
  ],
};

const refund = (id: string, minute: number, more: object) => ({
  id,
  createdAt: `2026-10-02T11:0${minute}:00Z`,
  lines: [],
  ...more,
});
const byLine = refund('r1', 1, {
  amount: '8.00',
  lines: [{ lineId: 'cups', quantity: 2, total: '6.67', totalTax: '1.33' }],
});
const byAmount = refund('r2', 2, { amount: '5.00' });
const ofShipping = refund('r3', 3, { amount: '4.50', shipping: '4.50' });

describe('S16: every receipt that the API answers', () => {
  let at: TestServer;
  let shop: Shop;
  before(async () => {
    at = await startServer(new Date('2026-10-01T08:00:00Z'));
    shop = await openShop(at);
    const answer = await shop.api('POST', `/api/v1/programs/${shop.programId}/rules`, RULES);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    at.clock.now = new Date('2026-10-02T12:00:00Z');
  });
  after(() => at.stop());

  async function send(sequence: number, changes: object): Promise<void> {
    const updatedAt = `2026-10-02T11:1${sequence}:00Z`;
    await shop.sendEvents([anOrderEvent({ ...placed, updatedAt, ...changes }, { sequence })]);
  }

  async function receipts(): Promise<any[]> {
    const { items } = (await shop.api('GET', '/api/v1/commissions?limit=200')).body;
    const answers = items.map(({ id }: { id: string }) =>
      shop.api('GET', `/api/v1/commissions/${id}/receipt`),
    );
    return (await Promise.all(answers)).map(({ body }) => body);
  }

  it('agrees with its recomputation, from the first posting to a lost charge-back won after all', async () => {
    const paid = { status: 'paid', isPaid: true };
    await send(1, {});
    await send(2, { ...paid, refunds: [byLine] });
    await send(3, { ...paid, refunds: [byLine, byAmount, ofShipping] });
    await send(4, { ...paid, refunds: [byLine, byAmount, ofShipping], chargeback: 'lost' });
    await send(5, { ...paid, refunds: [byLine, byAmount, ofShipping], chargeback: 'won' });
    await send(6, { status: 'cancelled' });
    const all = await receipts();
    expect(all.map(({ receipt }) => [receipt.nothingBecause, receipt.target.amount])).to.have.length(6);
    for (const { receipt } of all) expect(findDisagreements(receipt)).to.deep.equal([]);
    const [first, , third, lost, won, cancelled] = all.map(({ receipt }) => receipt);
    // The fee of -1.00 takes 0.23 off 9.00 and 0.26 off 10.00: 12.5 % of 8.77 is 1.10, 3 x 0.50 is 1.50, 12.5 % of
    // 7.50 is 0.94, of 2.00 is 0.25, and 5.00 once: 8.79
    expect(first.target.amount).to.equal(879);
    expect([lost.target.amount, lost.amount.amount]).to.deep.equal([0, -third.target.amount]);
    expect([won.target.amount, cancelled.target.amount]).to.deep.equal([third.target.amount, 0]);
  });

  it('tells the same in words, and nothing of the buyer', async () => {
    const [{ words, receipt }] = await receipts();
    const text = words.join('\n');
    expect(text).to.contain('In the base beside the goods: shipping, fees.');
    expect(text).to.contain('Outside the base: product voucher.').and.to.contain('Passed over: yen');
    expect(text).to.contain('Rule order (category), for 1 line: 5.00 EUR once for a base of 9.74 EUR.');
    expect(JSON.stringify(receipt)).to.not.match(/customer|e-?mail|address|buyer/i);
  });

  it('keeps the hash it was posted with, however often it is asked for', async () => {
    const hashes = (all: any[]) => all.map(({ receipt }) => receipt.hash);
    expect(hashes(await receipts())).to.deep.equal(hashes(await receipts()));
  });
});
