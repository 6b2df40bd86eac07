import { expect } from 'chai';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { call, openShop, type Shop } from '../support/a-shop.ts';

const refundOf20 = {
  id: 'r1',
  createdAt: '2026-10-03T10:00:00Z',
  amount: '24.00',
  lines: [{ lineId: 'l1', quantity: 0, total: '20.00', totalTax: '4.00' }],
};
const withCode = { referral: { code: 'ANNA', source: 'cookie' } };

describe("a store's order becomes a commission", () => {
  let at: TestServer;
  let shop: Shop;

  before(async () => {
    at = await startServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
    at.clock.now = new Date('2026-10-02T10:05:00Z');
  });
  after(() => at.stop());

  describe('an order that a link brought', () => {
    it('earns 20 % of its net base, and the trial balance has no difference', async () => {
      await shop.sendEvents([anOrderEvent(withCode)]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 2000 });
      const { body } = await shop.api('GET', '/api/v1/ledger/trial-balance');
      expect(body.items).to.deep.equal([{ currency: 'EUR', debit: 2000, credit: 2000, difference: 0 }]);
    });

    it('is found through the touch that the snippet posted, within the window only', async () => {
      at.clock.now = new Date('2026-09-10T10:00:00Z');
      const { visitorKey } = await shop.touch('anna');
      at.clock.now = new Date('2026-10-02T10:05:00Z');
      await shop.sendEvents([anOrderEvent({ referral: { visitorKey, source: 'cookie' } })]);
      const late = {
        id: '1002',
        createdAt: '2026-10-25T10:00:00Z',
        updatedAt: '2026-10-25T10:00:00Z',
        referral: { visitorKey, source: 'cookie' },
      };
      at.clock.now = new Date('2026-10-25T10:05:00Z');
      await shop.sendEvents([anOrderEvent(late)]);
      const { body } = await shop.api('GET', '/api/v1/orders');
      const reasons = await Promise.all(
        body.items.map(async ({ id, externalId }: any) => [
          externalId,
          (await shop.api('GET', `/api/v1/orders/${id}/attribution`)).body.items[0],
        ]),
      );
      const decisions = Object.fromEntries(reasons);
      // The membership began on the 1st, the click came before: what counts is how everybody stood at T.
      expect(decisions['1001'].winner?.affiliateName).to.equal('Anna');
      expect(decisions['1002'].winner).to.equal(null);
      expect(decisions['1002'].losers[0].reason).to.equal('click is 45 d old, window 30 d');
    });
  });

  describe('an order that names both the touch and the code of one referral', () => {
    it('S3: is judged by the click, not by the moment at which the shop wrote the code down', async () => {
      at.clock.now = new Date('2026-10-01T09:00:00Z');
      const { visitorKey, touchId } = await shop.touch('anna');
      at.clock.now = new Date('2026-11-20T10:05:00Z');
      const placed = { createdAt: '2026-11-20T10:00:00Z', updatedAt: '2026-11-20T10:00:00Z' };
      const referrals = [{ touchId }, { touchId, code: 'anna' }, { visitorKey, code: 'ANNA' }];
      for (const [index, referral] of referrals.entries()) {
        await shop.sendEvents([
          anOrderEvent({ id: String(index), ...placed, referral: { ...referral, source: 'cookie' } }),
        ]);
      }
      expect(await shop.balanceOf('anna')).to.deep.equal({});
    });
  });

  describe('an order that changes its currency', () => {
    it('goes back to nothing in the old one and earns in the new one', async () => {
      await shop.sendEvents([anOrderEvent(withCode)]);
      const dollars = {
        currency: 'USD',
        updatedAt: '2026-10-02T10:30:00Z',
        lines: [{ id: 'l1', title: 'Tea', quantity: 1, subtotal: '110.00', total: '110.00' }],
      };
      await shop.sendEvents([anOrderEvent({ ...withCode, ...dollars }, { sequence: 2 })]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 0, USD: 2200 });
    });
  });

  describe("an affiliate who buys over another affiliate's link", () => {
    it('is told to the merchant, and to no other affiliate', async () => {
      const event = anOrderEvent({
        ...withCode,
        coupons: ['ben10'],
        customer: { email: 'Ben@Partners.example' },
      });
      await shop.sendEvents([event]);
      const [{ id }] = (await shop.api('GET', '/api/v1/orders')).body.items;
      const [decision] = (await shop.api('GET', `/api/v1/orders/${id}/attribution`)).body.items;
      expect(decision.losers[0].reason).to.contain("affiliate's own");
      const [commission] = (await shop.api('GET', '/api/v1/commissions')).body.items;
      const { words } = (await shop.api('GET', `/api/v1/commissions/${commission.id}/receipt`)).body;
      expect(words.join(' ')).to.contain('a rule of the programme excludes it').and.not.to.contain('e-mail');
    });
  });

  describe('an order with a coupon', () => {
    const couponSale = {
      coupons: ['Ben10'],
      lines: [{ id: 'l1', title: 'Tea', quantity: 1, subtotal: '100.00', total: '90.00', totalTax: '18.00' }],
    };

    it("earns its owner 10 %, also against another affiliate's click, and says why the click lost", async () => {
      await shop.sendEvents([anOrderEvent({ ...couponSale, ...withCode })]);
      expect([await shop.balanceOf('ben'), await shop.balanceOf('anna')]).to.deep.equal([{ EUR: 900 }, {}]);
      const [commission] = (await shop.api('GET', '/api/v1/commissions')).body.items;
      const { receipt, words } = (await shop.api('GET', `/api/v1/commissions/${commission.id}/receipt`)).body;
      expect(receipt.attribution.losers[0].reason).to.equal('a coupon touch counts before a link touch');
      expect(words.join('\n')).to.contain('10 % of 90.00 EUR is 9.00 EUR').and.to.contain('It came before');
    });

    it('earns nobody anything when no affiliate owns the code', async () => {
      await shop.sendEvents([anOrderEvent({ coupons: ['SUMMER'] })]);
      expect((await shop.entries()).length).to.equal(0);
    });
  });

  describe('an order of 0.00', () => {
    it('is attributed and has a posting of 0', async () => {
      const free = { lines: [{ id: 'l1', title: 'Tea', quantity: 1, subtotal: '100.00', total: '0.00' }] };
      await shop.sendEvents([anOrderEvent({ ...withCode, ...free })]);
      expect((await shop.entries()).map(({ postings }) => postings[0].amount.amount)).to.deep.equal([0]);
    });
  });

  describe('refunds', () => {
    const unpaid = () => anOrderEvent(withCode);
    const paid = () =>
      anOrderEvent(
        { ...withCode, status: 'paid', isPaid: true, updatedAt: '2026-10-02T11:00:00Z' },
        { sequence: 2 },
      );
    const refunded = () =>
      anOrderEvent(
        {
          ...withCode,
          status: 'paid',
          isPaid: true,
          updatedAt: '2026-10-03T10:00:00Z',
          refunds: [refundOf20],
        },
        { sequence: 3 },
      );

    it('takes back 20 % of what was refunded, in an entry of its own', async () => {
      for (const event of [unpaid(), paid(), refunded()]) await shop.sendEvents([event]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 1600 });
      const entries = await shop.entries();
      expect(
        entries.map(({ kind, orderVersion, postings }) => [kind, orderVersion, postings[0].amount.amount]),
      ).to.deep.equal([
        ['commission', 1, 2000],
        ['reversal', 3, 400],
      ]);
    });

    it('counts what names a line that the order does not have as an amount', async () => {
      const elsewhere = {
        ...refundOf20,
        lines: [{ lineId: 'gone', quantity: 1, total: '20.00', totalTax: '4.00' }],
      };
      await shop.sendEvents([
        anOrderEvent({ ...withCode, refunds: [elsewhere], updatedAt: '2026-10-03T10:00:00Z' }),
      ]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 1600 });
    });

    it('E6: three times each, the refund before the payment, and all again by a nightly repeat: the same books', async () => {
      at.clock.now = new Date('2026-10-01T08:00:00Z');
      const clean = await openShop(at);
      at.clock.now = new Date('2026-10-02T10:05:00Z');
      for (const event of [unpaid(), paid(), refunded()]) await clean.sendEvents([event]);
      for (const event of [
        unpaid(),
        unpaid(),
        unpaid(),
        refunded(),
        refunded(),
        paid(),
        refunded(),
        paid(),
        paid(),
      ])
        await shop.sendEvents([event]);
      await shop.sendEvents([unpaid(), paid(), refunded()]);
      const books = async (of: Shop) =>
        (await of.entries()).map(({ kind, postings }) => [kind, postings[0].amount.amount]);
      expect(await books(shop)).to.deep.equal(await books(clean));
      expect(await shop.balanceOf('anna')).to.deep.equal(await clean.balanceOf('anna'));
    });

    it('E6 at the same time: twenty deliveries of three versions at once end in the same balance', async () => {
      const events = Array.from({ length: 20 }, (_, index) => [unpaid, paid, refunded][index % 3]?.());
      await Promise.all(events.map((event) => shop.sendEvents([event], { settle: false })));
      await at.server.idle();
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 1600 });
      expect((await shop.api('GET', '/api/v1/ledger/verify')).body.problem).to.equal(null);
    });

    it('posts nothing for a cancelled order beyond taking everything back', async () => {
      const cancelled = anOrderEvent(
        { ...withCode, status: 'cancelled', updatedAt: '2026-10-04T10:00:00Z' },
        { sequence: 4 },
      );
      for (const event of [unpaid(), cancelled]) await shop.sendEvents([event]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 0 });
    });

    it('takes everything back when the order is trashed, and gives it again when it is restored', async () => {
      await shop.sendEvents([paid()]);
      const trashed = {
        eventId: 'trash',
        type: 'order.removed',
        sequence: 3,
        occurredAt: '2026-10-05T10:00:00Z',
        orderId: '1001',
      };
      await shop.sendEvents([trashed]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 0 });
      await shop.sendEvents([
        anOrderEvent(
          { ...withCode, status: 'paid', isPaid: true, updatedAt: '2026-10-06T10:00:00Z' },
          { sequence: 4 },
        ),
      ]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 2000 });
    });
  });

  it('E8: on-hold -> processing -> on-hold -> processing are four versions and one commission', async () => {
    const words = ['on-hold', 'processing', 'on-hold', 'processing'];
    for (const [index, status] of words.entries()) {
      const updatedAt = `2026-10-02T1${index}:00:00Z`;
      await shop.sendEvents([
        anOrderEvent(
          { ...withCode, status, updatedAt, createdAt: '2026-10-02T10:00:00Z' },
          { sequence: index + 1 },
        ),
      ]);
    }
    const [order] = (await shop.api('GET', '/api/v1/orders')).body.items;
    expect(order.versions).to.equal(4);
    expect((await shop.entries()).length).to.equal(1);
  });

  describe('currencies with 0 and 3 decimals', () => {
    it('E5: 10 % of JPY 1505 is JPY 151 for a coupon', async () => {
      const order = {
        currency: 'JPY',
        coupons: ['anna10'],
        lines: [{ id: 'l', title: 'Tea', quantity: 1, subtotal: '1505', total: '1505' }],
      };
      await shop.sendEvents([anOrderEvent(order)]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ JPY: 151 });
    });

    it('20 % of KWD 10.005 is KWD 2.001', async () => {
      const order = {
        ...withCode,
        currency: 'KWD',
        lines: [{ id: 'l', title: 'Tea', quantity: 1, subtotal: '10.005', total: '10.005' }],
      };
      await shop.sendEvents([anOrderEvent(order)]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ KWD: 2001 });
    });
  });

  describe('a sequence that comes again with other content, as from a restored shop', () => {
    it('is judged by its time, and loses no cancellation', async () => {
      await shop.sendEvents([anOrderEvent(withCode)]);
      const cancelled = { ...withCode, status: 'cancelled', updatedAt: '2026-10-02T12:00:00Z' };
      await shop.sendEvents([anOrderEvent(cancelled)]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 0 });
    });
  });

  describe('E6 a batch that tells an event twice', () => {
    it('has the first of them accepted and the other known, though it is the first that the shop tells', async () => {
      const told = anOrderEvent(withCode);
      const { body } = await shop.sendEvents([told, told, anOrderEvent({ id: '1002', number: '#1002' })]);
      expect(body.results.map(({ status }: any) => status)).to.deep.equal(['accepted', 'known', 'accepted']);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 2000 });
    });
  });

  describe("a buyer's device with a wrong clock", () => {
    it('takes nothing from the affiliate: the touch counts from our receipt', async () => {
      const { storeKey } = shop.stores.custom;
      at.clock.now = new Date('2026-10-02T09:59:00Z');
      const visit = {
        storeKey,
        code: 'anna',
        url: 'https://custom.example/',
        consent: true,
        occurredAt: '2020-01-01T00:00:00Z',
      };
      const { visitorKey } = (await call(at, 'POST', '/collect/v1/touches', visit)).body;
      at.clock.now = new Date('2026-10-02T10:05:00Z');
      await shop.sendEvents([anOrderEvent({ referral: { visitorKey, source: 'cookie' } })]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 2000 });
    });
  });

  describe('side facts that are odd', () => {
    it('cost no sale: a long title, half a unit, an e-mail address that is none, a discount as a line', async () => {
      const lines = [
        {
          id: 'l1',
          title: 'x'.repeat(1000),
          quantity: 1.5,
          subtotal: '100.00',
          total: '100.00',
          totalTax: '20.00',
        },
        { id: 'l2', title: 'Discount', quantity: 1, subtotal: '-10.00', total: '-10.00', totalTax: '-2.00' },
      ];
      const { body } = await shop.sendEvents([
        anOrderEvent({ ...withCode, lines, customer: { email: 'nobody' } }),
      ]);
      expect(body.results[0].status).to.equal('accepted');
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 1800 });
    });
  });

  describe('rules that change', () => {
    it('leave an order under the rules of its own time, whenever it is refunded', async () => {
      await shop.sendEvents([anOrderEvent({ ...withCode, status: 'paid', isPaid: true })]);
      at.clock.now = new Date('2026-10-02T12:00:00Z');
      const rules = [{ id: 'half', kind: 'percent', args: { ratePpm: 500_000 }, scope: {} }];
      const answer = await shop.api('POST', `/api/v1/programs/${shop.programId}/rules`, { rules });
      expect(answer.status).to.equal(201);
      const refund = anOrderEvent(
        {
          ...withCode,
          status: 'paid',
          isPaid: true,
          updatedAt: '2026-10-03T10:00:00Z',
          refunds: [refundOf20],
        },
        { sequence: 2 },
      );
      at.clock.now = new Date('2026-10-03T10:01:00Z');
      await shop.sendEvents([refund]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 1600 });
      const next = { id: '1002', createdAt: '2026-10-03T10:00:00Z', updatedAt: '2026-10-03T10:00:00Z' };
      await shop.sendEvents([anOrderEvent({ ...withCode, ...next })]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 6600 });
    });
  });

  describe('evidence that arrives late', () => {
    it('moves the credit while the settle time runs, and posts the difference', async () => {
      await shop.sendEvents([anOrderEvent(withCode)]);
      await shop.sendEvents([
        anOrderEvent({ ...withCode, coupons: ['ben10'], updatedAt: '2026-10-02T10:30:00Z' }, { sequence: 2 }),
      ]);
      expect([await shop.balanceOf('anna'), await shop.balanceOf('ben')]).to.deep.equal([
        { EUR: 0 },
        { EUR: 1000 },
      ]);
    });

    it('changes nothing once the decision is frozen', async () => {
      await shop.sendEvents([anOrderEvent(withCode)]);
      at.clock.now = new Date('2026-10-04T10:00:01Z');
      await shop.sendEvents([
        anOrderEvent({ ...withCode, coupons: ['ben10'], updatedAt: '2026-10-02T10:30:00Z' }, { sequence: 2 }),
      ]);
      expect([await shop.balanceOf('anna'), await shop.balanceOf('ben')]).to.deep.equal([{ EUR: 2000 }, {}]);
    });
  });
});
