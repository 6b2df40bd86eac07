import { expect } from 'chai';
import fc from 'fast-check';
import { anOrderEvent } from '../../support/a-signed-order.ts';
import { startServer, type TestServer } from '../../support/a-server.ts';
import { openShop, type Shop } from '../../support/a-shop.ts';
import { changeSettings, readDecisions } from './read-decisions.ts';

const customer = { id: 'customer-1', email: 'gina@buyers.example' };
const byAnna = { referral: { code: 'anna', source: 'cookie' } };

/** An order of Gina's, placed on a day of October at noon. */
const anOrderOn = (day: string, order: object = {}, sequence = 1) =>
  anOrderEvent(
    {
      id: day,
      number: `#${day}`,
      customer,
      createdAt: `2026-10-${day}T12:00:00Z`,
      updatedAt: `2026-10-${day}T12:00:00Z`,
      ...order,
    },
    { sequence },
  );
const paid = (updatedAt: string) => ({ status: 'processing', isPaid: true, updatedAt });
const refunded = (createdAt: string) => ({
  updatedAt: createdAt,
  refunds: [{ id: 'r', createdAt, amount: '120.00', lines: [] }],
});

describe('the history of a buyer', () => {
  let at: TestServer;
  let shop: Shop;
  before(async () => {
    at = await startServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
    await changeSettings(shop, { binding: { ends: 'never' } });
    at.clock.now = new Date('2026-10-05T13:00:00Z');
  });
  after(() => at.stop());

  const last = async (id: string) => (await readDecisions(shop, id)).at(-1);
  const winnerOf = async (id: string) => (await last(id)).winner?.affiliateName ?? null;

  describe('S3 a customer whom Anna brought buys again', () => {
    it('is credited to Anna, with the earlier order that binds them', async () => {
      await shop.sendEvents([anOrderOn('04', byAnna), anOrderOn('05')]);
      const decision = await last('05');
      expect(decision.winner).to.include({ class: 'customer-binding', carrier: 'customer since order #04' });
      expect(decision.earlierOrders).to.have.length(1);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 4000 });
    });

    it('is known by the mailbox in another shop of the merchant, and not by a mere likeness', async () => {
      await shop.sendEvents([
        anOrderOn('04', byAnna),
        anOrderOn('05', { id: 'mail', customer: { id: 'other', email: 'GINA@buyers.example' } }),
        anOrderOn('05', { id: 'stranger', customer: { id: 'customer-2', email: 'tina@buyers.example' } }),
        anOrderOn('05', { id: 'nobody', customer: null }),
      ]);
      expect(await Promise.all(['mail', 'stranger', 'nobody'].map(winnerOf))).to.deep.equal([
        'Anna',
        null,
        null,
      ]);
    });

    it("is known within the merchant's shops only", async () => {
      const other = await openShop(at);
      await shop.sendEvents([anOrderOn('04', byAnna)]);
      at.clock.now = new Date('2026-10-05T14:00:00Z');
      await other.sendEvents([anOrderOn('05')]);
      const [decision] = await readDecisions(other, '05');
      expect([decision.winner, decision.earlierOrders]).to.deep.equal([null, []]);
    });
  });

  describe('S3 the earlier order arrives after the later one', () => {
    it('within the settle time: the later one is decided again, and the difference is posted', async () => {
      await shop.sendEvents([anOrderOn('05')]);
      expect(await shop.balanceOf('anna')).to.deep.equal({});
      at.clock.now = new Date('2026-10-07T12:00:00Z');
      await shop.sendEvents([anOrderOn('04', byAnna)]);
      expect(
        (await readDecisions(shop, '05')).map(({ winner }) => winner?.affiliateName ?? null),
      ).to.deep.equal([null, 'Anna']);
      // The earlier order itself was still open as well: 2 x 20 % of 100.00.
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 4000 });
    });

    it('after the settle time of the later one: nothing of it changes', async () => {
      await shop.sendEvents([anOrderOn('05')]);
      at.clock.now = new Date('2026-10-07T12:00:00.001Z');
      await shop.sendEvents([anOrderOn('04', byAnna)]);
      expect(await readDecisions(shop, '05')).to.have.length(1);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 2000 });
    });

    it('after the settle time, and then the later one is refunded: it is not decided again for that', async () => {
      await shop.sendEvents([anOrderOn('05')]);
      at.clock.now = new Date('2026-10-08T12:00:00Z');
      await shop.sendEvents([anOrderOn('04', byAnna)]);
      await shop.sendEvents([anOrderOn('05', refunded('2026-10-08T11:00:00Z'), 2)]);
      expect((await readDecisions(shop, '05')).map(({ winner }) => winner)).to.deep.equal([null]);
    });
  });

  describe('S8 a buyer is a new customer', () => {
    const isNew = async (id: string) => (await last(id)).newCustomer.isNew;

    it('until an earlier order is paid, also when we learn of the payment later', async () => {
      await shop.sendEvents([anOrderOn('04'), anOrderOn('05')]);
      expect(await isNew('05')).to.equal(true);
      await shop.sendEvents([anOrderOn('04', paid('2026-10-05T12:30:00Z'), 2)]);
      expect([await isNew('04'), await isNew('05')]).to.deep.equal([true, false]);
    });

    it('again when that order was fully refunded before; a refund that is made later does not flip it', async () => {
      await shop.sendEvents([
        anOrderOn('03', { ...paid('2026-10-04T12:00:00Z'), ...refunded('2026-10-04T12:00:00Z') }),
        anOrderOn('05'),
      ]);
      expect(await isNew('05')).to.equal(true);
      await shop.sendEvents([anOrderOn('04', paid('2026-10-04T12:00:00Z'))]);
      expect(await isNew('05')).to.equal(false);
      const decided = (await readDecisions(shop, '05')).length;
      at.clock.now = new Date('2026-10-06T12:00:00Z');
      const later = { ...paid('2026-10-06T11:00:00Z'), ...refunded('2026-10-06T11:00:00Z') };
      await shop.sendEvents([anOrderOn('04', later, 2)]);
      expect([await isNew('05'), (await readDecisions(shop, '05')).length]).to.deep.equal([false, decided]);
    });

    it("as the shop's own count says", async () => {
      await shop.sendEvents([anOrderOn('05', { customer: { ...customer, paidOrdersBefore: 2 } })]);
      expect((await last('05')).newCustomer).to.deep.equal({
        isNew: false,
        because: 'the shop counts 2 earlier orders',
      });
    });
  });

  describe('S3 deliveries of a buyer’s orders in any order within the settle time', () => {
    /** What must not depend on the order of arrival: everything but ids, numbers and times of ours. */
    async function readOutcome(): Promise<unknown> {
      const outcome: unknown[] = [];
      for (const id of ['03', '04', '05']) {
        const { winner, shares, losers, newCustomer, earlierOrders } = await last(id);
        outcome.push({
          winner: winner && [winner.class, winner.carrier, winner.affiliateName, winner.at],
          shares: shares.map(({ affiliateName, sharePpm }: any) => [affiliateName, sharePpm]),
          losers: losers.map(({ touch, reason }: any) => [touch.carrier, reason]),
          newCustomer,
          earlier: earlierOrders.map(({ number, paid, fullyRefunded, credited }: any) => [
            number,
            paid,
            fullyRefunded,
            credited?.affiliateId === shop.affiliates.anna ? 'anna' : credited && 'ben',
          ]),
        });
      }
      const balance = async (who: 'anna' | 'ben') => (await shop.balanceOf(who))['EUR'] ?? 0;
      return { outcome, balances: [await balance('anna'), await balance('ben')] };
    }

    it('end in the same decisions and the same books', async function () {
      this.timeout(120_000);
      const deliveries = () => [
        anOrderOn('03'),
        anOrderOn('03', paid('2026-10-04T12:00:00Z'), 2),
        anOrderOn('04', { coupons: ['ben10'] }),
        anOrderOn('04', { ...paid('2026-10-04T13:00:00Z'), coupons: ['ben10'], ...byAnna }, 2),
        anOrderOn('05', byAnna),
        anOrderOn(
          '05',
          { ...paid('2026-10-05T12:30:00Z'), ...refunded('2026-10-05T12:40:00Z'), ...byAnna },
          2,
        ),
      ];
      let clean: unknown;
      const arrivals = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
      const orders = [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], ...fc.sample(arrivals, 3)];
      for (const order of orders) {
        at.clock.now = new Date('2026-10-01T08:00:00Z');
        shop = await openShop(at);
        await changeSettings(shop, { binding: { ends: 'never' } });
        at.clock.now = new Date('2026-10-05T13:00:00Z');
        const events = deliveries();
        for (const index of order) await shop.sendEvents([events[index]]);
        const outcome = await readOutcome();
        clean ??= outcome;
        expect(outcome, order.join()).to.deep.equal(clean);
      }
    });
  });
});
