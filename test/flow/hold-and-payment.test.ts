import { expect } from 'chai';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { findDisagreements } from '../independent/recompute.mjs';
import { openShop, type Answer, type Shop } from '../support/a-shop.ts';

const withCode = { referral: { code: 'ANNA', source: 'cookie' } };
const PAID = { ...withCode, status: 'paid', isPaid: true, paidAt: '2026-10-02T10:00:00Z' };
const half = (id: string) => ({
  id,
  createdAt: '2026-10-03T10:00:00Z',
  amount: '60.00',
  lines: [{ lineId: 'l1', quantity: 0, total: '50.00', totalTax: '10.00' }],
});

describe('S7 a commission on its way to the affiliate', () => {
  let at: TestServer;
  let shop: Shop;
  let sequence = 0;

  before(async () => {
    at = await startServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
    at.clock.now = new Date('2026-10-02T10:05:00Z');
  });
  after(() => at.stop());

  const tell = (order: object, updatedAt = at.clock.now.toISOString()) =>
    shop.sendEvents([anOrderEvent({ ...PAID, updatedAt, ...order }, { sequence: (sequence += 1) })]);
  const postings = async (): Promise<any[]> => (await shop.api('GET', '/api/v1/commissions')).body.items;
  const statesAndAmounts = async () => (await postings()).map(({ state, amount }) => [state, amount.amount]);
  const holds = async () => {
    const { items } = (await shop.api('GET', '/api/v1/ledger/balances')).body;
    const own = items.filter(({ affiliateId, balance }: any) => affiliateId !== null && balance.amount !== 0);
    return Object.fromEntries(own.map(({ kind, balance }: any) => [kind, balance.amount]));
  };
  const passTo = async (day: string): Promise<void> => {
    at.clock.now = new Date(`${day}T10:05:00Z`);
    await at.server.parts.jobs.runNow('release-due');
    await at.server.idle();
  };
  const decide = async (action: string, fields?: object): Promise<Answer> => {
    const [{ id }] = await postings();
    const answer = await shop.api('POST', `/api/v1/commissions/${id}/${action}`, fields);
    await at.server.idle();
    return answer;
  };

  describe('whose order is paid', () => {
    it('is pending for the 30 days of the hold and payable then, by itself', async () => {
      await tell({});
      await passTo('2026-10-31');
      expect(await holds()).to.deep.equal({ pending: 2000 });
      await passTo('2026-11-01');
      expect(await holds()).to.deep.equal({ payable: 2000 });
      const [{ states }] = await postings();
      expect(states.map(({ state, by }: any) => [state, by])).to.deep.equal([
        ['pending', 'the order'],
        ['approved', 'the end of the hold'],
        ['payable', 'the end of the hold'],
      ]);
    });

    it('is moved once, however often the job runs', async () => {
      await tell({});
      for (const day of ['2026-11-01', '2026-11-01', '2026-11-02']) await passTo(day);
      expect((await shop.entries()).map(({ kind }) => kind)).to.deep.equal(['commission', 'transfer']);
    });
  });

  describe('whose order is not paid', () => {
    it('waits, however long it takes', async () => {
      await tell({ status: 'pending', isPaid: false, paidAt: null });
      await passTo('2027-03-01');
      expect(await statesAndAmounts()).to.deep.equal([['pending', 2000]]);
    });
  });

  describe('that a refund lowers', () => {
    it('while it is pending, becomes payable without what was refunded', async () => {
      await tell({});
      await tell({ refunds: [half('r1')] }, '2026-10-03T10:00:00Z');
      expect(await statesAndAmounts()).to.deep.equal([
        ['pending', 2000],
        ['pending', -1000],
      ]);
      await passTo('2026-11-01');
      expect(await holds()).to.deep.equal({ payable: 1000 });
    });

    it('when it is payable, is lowered there', async () => {
      await tell({});
      await passTo('2026-11-01');
      await tell({ refunds: [half('r1')] }, '2026-11-01T10:00:00Z');
      expect(await statesAndAmounts()).to.deep.equal([
        ['payable', 2000],
        ['payable', -1000],
      ]);
      expect(await holds()).to.deep.equal({ payable: 1000 });
    });

    it('S6: after it was paid, stays paid, and a negative payable balance is carried', async () => {
      await tell({});
      await passTo('2026-11-01');
      await decide('mark-paid', { reference: 'SEPA 17', paidOn: '2026-11-01' });
      await tell({ refunds: [half('r1')] }, '2026-11-02T10:00:00Z');
      expect(await statesAndAmounts()).to.deep.equal([
        ['paid', 2000],
        ['payable', -1000],
      ]);
      expect(await holds()).to.deep.equal({ 'paid-out': 2000, payable: -1000 });
      const { difference } = (await shop.api('GET', '/api/v1/ledger/trial-balance')).body.items[0];
      expect(difference).to.equal(0);
    });
  });

  describe('whose order grows after the payout', () => {
    const worth = (total: string, updatedAt: string) =>
      tell({ lines: [{ id: 'l1', title: 'Tea', quantity: 1, subtotal: total, total }] }, updatedAt);
    beforeEach(async () => {
      await tell({});
      await passTo('2026-11-01');
      await decide('mark-paid', { reference: 'SEPA 17', paidOn: '2026-11-01' });
      await worth('150.00', '2026-11-02T10:00:00Z');
    });

    it('earns the difference, which is payable at once, because the hold of the order is over', async () => {
      await passTo('2026-11-03');
      expect(await statesAndAmounts()).to.deep.equal([
        ['paid', 2000],
        ['payable', 1000],
      ]);
    });

    it('and shrinks: what is not paid goes first, the rest is owed back', async () => {
      await worth('40.00', '2026-11-04T10:00:00Z');
      expect(await statesAndAmounts()).to.deep.equal([
        ['paid', 2000],
        ['pending', 1000],
        ['pending', -1000],
        ['payable', -1200],
      ]);
      expect(await holds()).to.deep.equal({ 'paid-out': 2000, payable: -1200 });
    });

    it('and is rejected: what was paid is owed back, and stays visible as payable below zero', async () => {
      const [, grown] = await postings();
      await shop.api('POST', `/api/v1/commissions/${grown.id}/reject`, { reason: 'A mistake.' });
      await at.server.idle();
      expect(await statesAndAmounts()).to.deep.equal([
        ['paid', 2000],
        ['rejected', 1000],
        ['rejected', -1000],
        ['payable', -2000],
      ]);
      expect(await holds()).to.deep.equal({ 'paid-out': 2000, payable: -2000 });
    });
  });

  describe('in a programme in which a person approves', () => {
    beforeEach(async () => {
      at.clock.now = new Date('2026-10-01T09:00:00Z');
      await shop.api('POST', `/api/v1/programs/${shop.programId}/settings`, {
        settings: { approval: 'by-person' },
      });
      at.clock.now = new Date('2026-10-02T10:05:00Z');
    });

    it('stays pending until somebody does, and is payable when the hold is over as well', async () => {
      await tell({});
      await passTo('2026-11-05');
      expect(await statesAndAmounts()).to.deep.equal([['pending', 2000]]);
      expect((await decide('approve')).body.state).to.equal('payable');
      expect(await holds()).to.deep.equal({ payable: 2000 });
    });

    it('waits for the end of the hold when the person was faster', async () => {
      await tell({});
      expect((await decide('approve')).body.state).to.equal('approved');
      expect(await holds()).to.deep.equal({ pending: 2000 });
      await passTo('2026-11-01');
      expect(await holds()).to.deep.equal({ payable: 2000 });
    });
  });

  describe('that a person rejects', () => {
    it('is taken back, and the order earns nothing any more, whatever becomes of it', async () => {
      await tell({});
      await decide('reject', { reason: 'The buyer is the affiliate.' });
      expect(await statesAndAmounts()).to.deep.equal([
        ['rejected', 2000],
        ['rejected', -2000],
      ]);
      await tell({ lines: [{ id: 'l1', title: 'Tea', quantity: 2, subtotal: '200.00', total: '200.00' }] });
      await passTo('2026-11-05');
      expect(await holds()).to.deep.equal({});
      const [, reversal] = await postings();
      const { words } = (await shop.api('GET', `/api/v1/commissions/${reversal.id}/receipt`)).body;
      expect(words.join(' ')).to.contain('because it was rejected: The buyer is the affiliate.');
    });

    it('S16: keeps a receipt whose hash anyone can compute again, whatever the reason is made of', async () => {
      await tell({});
      await decide('reject', { reason: 'Half a character: \ud83d' });
      const [, reversal] = await postings();
      const { receipt } = (await shop.api('GET', `/api/v1/commissions/${reversal.id}/receipt`)).body;
      expect(findDisagreements(receipt)).to.deep.equal([]);
    });

    it('cannot be rejected once it was paid: that takes a refund or an assignment', async () => {
      await tell({});
      await passTo('2026-11-01');
      await decide('mark-paid', { reference: 'SEPA 17', paidOn: '2026-11-01' });
      const { status, body } = await decide('reject', { reason: 'Too late.' });
      expect([status, body.error.code]).to.deep.equal([422, 'impossible']);
      expect(body.error.help).to.contain('pending or approved or payable or held');
      expect(await holds()).to.deep.equal({ 'paid-out': 2000 });
    });
  });

  describe('that a person holds', () => {
    it('is not payable until it is released, whatever the clock says', async () => {
      await tell({});
      await decide('hold', { reason: 'We are asking the buyer.' });
      await passTo('2026-11-05');
      expect(await statesAndAmounts()).to.deep.equal([['held', 2000]]);
      await decide('release', { reason: 'All is well.' });
      expect(await holds()).to.deep.equal({ payable: 2000 });
    });
  });

  describe('among many that are decided at once', () => {
    it('stands for itself: one that is refused stops no other', async () => {
      await tell({});
      await tell({ id: '1002', number: '#1002' });
      const [first, second] = await postings();
      await decide('reject', { reason: 'A test.' });
      const commissionIds = [first.id, second.id, 'no-such-commission'];
      const { body } = await shop.api('POST', '/api/v1/commissions/decisions', {
        commissionIds,
        action: 'approve',
      });
      expect(body.results.map(({ status, code }: any) => [status, code])).to.deep.equal([
        ['refused', 'impossible'],
        ['done', null],
        ['refused', 'not-found'],
      ]);
    });
  });

  describe('that is to be rejected without a reason', () => {
    it('is left alone, and the answer says what is missing', async () => {
      await tell({});
      const [{ id }] = await postings();
      const body = { commissionIds: [id], action: 'reject' };
      const answer = await shop.api('POST', '/api/v1/commissions/decisions', body);
      expect([answer.status, answer.body.error.issues[0].path]).to.deep.equal([400, 'reason']);
      expect(await statesAndAmounts()).to.deep.equal([['pending', 2000]]);
    });
  });

  describe('whose order is deleted in the store', () => {
    const trash = (occurredAt: string) =>
      shop.sendEvents([
        {
          eventId: `trash-${occurredAt}`,
          type: 'order.removed',
          sequence: (sequence += 1),
          occurredAt,
          orderId: '1001',
        },
      ]);
    const confirm = async () => {
      const [{ orderId }] = await postings();
      const answer = await shop.api('POST', `/api/v1/orders/${orderId}/confirm-removal`);
      await at.server.idle();
      return answer.status;
    };

    it('goes back to nothing at once while it is pending', async () => {
      await tell({});
      await trash('2026-10-05T10:00:00Z');
      expect(await holds()).to.deep.equal({});
      expect(await confirm()).to.equal(422);
    });

    it('S6: stays once it is payable, until a person confirms the deletion', async () => {
      await tell({});
      await passTo('2026-11-01');
      await trash('2026-11-01T10:04:00Z');
      expect(await holds()).to.deep.equal({ payable: 2000 });
      expect(await confirm()).to.equal(204);
      expect(await holds()).to.deep.equal({});
    });

    it('S7: is taken back at once when a person rejects it in the meantime, and nothing waits any more', async () => {
      await tell({});
      await passTo('2026-11-01');
      await trash('2026-11-01T10:04:00Z');
      await decide('reject', { reason: 'It was never paid.' });
      expect(await holds()).to.deep.equal({});
      expect(await statesAndAmounts()).to.deep.equal([
        ['rejected', 2000],
        ['rejected', -2000],
      ]);
      expect(await confirm()).to.equal(422);
      await tell({}, '2026-11-02T10:00:00Z');
      expect(await holds()).to.deep.equal({});
    });

    it('asks again when it was restored and deleted once more', async () => {
      await tell({});
      await passTo('2026-11-01');
      await trash('2026-11-01T10:04:00Z');
      await confirm();
      await tell({}, '2026-11-02T10:00:00Z');
      await passTo('2026-12-05');
      await trash('2026-12-05T10:04:00Z');
      expect(await holds()).to.deep.equal({ payable: 2000 });
      expect(await confirm()).to.equal(204);
      expect(await holds()).to.deep.equal({});
    });
  });

  describe('in the books', () => {
    it('S12: has cached balances that agree with the postings, also after they were thrown away', async () => {
      await tell({});
      await passTo('2026-11-01');
      await tell({ refunds: [half('r1')] }, '2026-11-01T10:00:00Z');
      const before = await holds();
      const { ledger } = at.server.parts;
      expect(await ledger.findWrongBalance(shop.merchantId)).to.equal(undefined);
      expect(await ledger.rebuildBalances(shop.merchantId)).to.equal(3);
      expect(await holds()).to.deep.equal(before);
    });

    it('S12: is told of a cached balance of which the ledger knows nothing', async () => {
      await tell({});
      const { ledger } = at.server.parts;
      const { merchantId } = shop;
      const invented = {
        merchantId,
        account: 'payable/nobody/nothing',
        currency: 'EUR',
        balance: 500n,
        seq: 1,
      };
      await ledger.balances.save(invented, 0);
      expect(await ledger.findWrongBalance(merchantId)).to.contain('payable/nobody/nothing in EUR is 500');
      await ledger.rebuildBalances(merchantId);
      expect(await ledger.findWrongBalance(merchantId)).to.equal(undefined);
    });

    it('S14: is on the statement of the month with what was paid out', async () => {
      await tell({});
      await passTo('2026-11-01');
      await decide('mark-paid', { reference: 'SEPA 17', paidOn: '2026-11-01' });
      await passTo('2026-12-02');
      for (const period of ['2026-10', '2026-11']) await shop.api('POST', '/api/v1/statements', { period });
      const { items } = (await shop.api('GET', '/api/v1/statements')).body;
      const figures = items.map(({ period, opening, earned, paidOut, closing }: any) => [
        period,
        ...[opening, earned, paidOut, closing].map(({ amount }) => amount),
      ]);
      expect(figures).to.deep.equal([
        ['2026-11', 2000, 0, 2000, 0],
        ['2026-10', 0, 2000, 0, 2000],
      ]);
    });
  });
});
