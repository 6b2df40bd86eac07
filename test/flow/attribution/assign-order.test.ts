import { expect } from 'chai';
import { anOrderEvent } from '../../support/a-signed-order.ts';
import { startServer, type TestServer } from '../../support/a-server.ts';
import { openShop, type Answer, type Shop } from '../../support/a-shop.ts';
import { changeSettings, orderIdOf, readDecisions } from './read-decisions.ts';

const byAnna = { referral: { code: 'anna', source: 'cookie' } };
const WHILE_OPEN = new Date('2026-10-02T11:00:00Z');
const FROZEN = new Date('2026-10-20T11:00:00Z');

describe('S11 a person assigns an order', () => {
  let at: TestServer;
  let shop: Shop;
  before(async () => {
    at = await startServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
    at.clock.now = WHILE_OPEN;
    await shop.sendEvents([anOrderEvent(byAnna)]);
  });
  after(() => at.stop());

  async function assign(changes: object = {}, id?: string): Promise<Answer> {
    const orderId = id ?? (await orderIdOf(shop, '1001'));
    const whom = { affiliateId: shop.affiliates.ben, programId: shop.programId, reason: 'Ben brought them' };
    const answer = await shop.api('POST', `/api/v1/orders/${orderId}/assign`, { ...whom, ...changes });
    await at.server.idle();
    return answer;
  }
  const balances = async () => [await shop.balanceOf('anna'), await shop.balanceOf('ben')];

  for (const [circumstance, moment] of [
    ['while it is open', WHILE_OPEN],
    ['when it is frozen', FROZEN],
  ] as const) {
    it(`${circumstance}: the credit moves, and the decision says who did it and why`, async () => {
      at.clock.now = moment;
      const { status, body } = await assign();
      expect(status).to.equal(200);
      const me = (await shop.api('GET', '/api/v1/me')).body;
      expect(body.winner.affiliateName).to.equal('Ben');
      expect(body.winner.assigned.reason).to.equal('Ben brought them');
      expect(JSON.stringify(me)).to.contain(body.winner.assigned.staffId);
      expect(body.losers[0].reason).to.equal('a manual touch counts before a link touch');
      expect(await balances()).to.deep.equal([{ EUR: 0 }, { EUR: 2000 }]);
      expect(await readDecisions(shop, '1001')).to.have.length(2);
    });
  }

  it('twice alike: the second time changes nothing', async () => {
    const first = await assign();
    const second = await assign();
    expect([second.status, second.body]).to.deep.equal([200, first.body]);
    expect(await readDecisions(shop, '1001')).to.have.length(2);
    expect(await shop.entries()).to.have.length(3);
  });

  it('and again to somebody else: the newest word holds', async () => {
    at.clock.now = FROZEN;
    await assign();
    at.clock.now = new Date('2026-10-21T11:00:00Z');
    await assign({ affiliateId: shop.affiliates.anna, reason: 'it was Anna after all' });
    expect(await balances()).to.deep.equal([{ EUR: 2000 }, { EUR: 0 }]);
  });

  it('and a later refund takes it back from the new affiliate', async () => {
    at.clock.now = FROZEN;
    await assign();
    const refund = { id: 'r', createdAt: '2026-10-20T12:00:00Z', amount: '60.00', lines: [] };
    const updatedAt = '2026-10-20T12:00:00Z';
    at.clock.now = new Date('2026-10-20T13:00:00Z');
    await shop.sendEvents([anOrderEvent({ ...byAnna, updatedAt, refunds: [refund] }, { sequence: 2 })]);
    expect(await balances()).to.deep.equal([{ EUR: 0 }, { EUR: 1000 }]);
  });

  it('that is frozen: nothing but the assignment comes in, also not a code that came too late', async () => {
    at.clock.now = FROZEN;
    const late = { coupons: ['anna10'], updatedAt: '2026-10-02T10:30:00Z' };
    await shop.sendEvents([anOrderEvent({ ...byAnna, ...late }, { sequence: 2 })]);
    const { body } = await assign();
    expect(body.losers.map(({ touch }: any) => touch.class)).to.deep.equal(['link']);
  });

  it('and the later orders of the buyer that are still open follow', async () => {
    await changeSettings(shop, { binding: { ends: 'never' } });
    const customer = { id: 'customer-1' };
    const placed = (time: string) => ({ customer, createdAt: time, updatedAt: time });
    at.clock.now = new Date('2026-10-06T11:00:00Z');
    await shop.sendEvents([anOrderEvent({ id: 'first', ...byAnna, ...placed('2026-10-03T10:00:00Z') })]);
    await shop.sendEvents([anOrderEvent({ id: 'second', ...placed('2026-10-06T10:00:00Z') })]);
    await assign({}, await orderIdOf(shop, 'first'));
    expect((await readDecisions(shop, 'second')).map(({ winner }) => winner.affiliateName)).to.deep.equal([
      'Anna',
      'Ben',
    ]);
  });

  describe('in vain', () => {
    async function refuse(changes: object, id?: string): Promise<[number, string, string]> {
      const before = await readDecisions(shop, '1001');
      const { status, body } = await assign(changes, id);
      expect(await readDecisions(shop, '1001')).to.deep.equal(before);
      return [status, body.error.code, body.error.message];
    }

    it('when the order is not there', async () => {
      expect(await refuse({}, 'no-such-order')).to.deep.equal([404, 'not-found', 'The order was not found.']);
    });

    it('when the affiliate was not approved in the programme when the order was placed', async () => {
      const { body: carl } = await shop.api('POST', '/api/v1/affiliates', {
        name: 'Carl',
        email: 'carl@partners.example',
      });
      const [status, code, message] = await refuse({ affiliateId: carl.id });
      expect([status, code]).to.deep.equal([422, 'impossible']);
      expect(message).to.contain(
        'cannot be credited for this order: the affiliate was not there yet when the order',
      );
    });

    it('when the programme is not there', async () => {
      const [status, , message] = await refuse({ programId: 'no-such-programme' });
      expect([status, message.includes('the membership in the programme was not there yet')]).to.deep.equal([
        422,
        true,
      ]);
    });

    it('without a reason', async () => {
      expect((await refuse({ reason: ' ' })).slice(0, 2)).to.deep.equal([400, 'invalid-input']);
    });

    it('while only a removal of the order has come', async () => {
      const removal = {
        eventId: 'e',
        type: 'order.removed',
        sequence: 1,
        occurredAt: '2026-10-02T10:00:00Z',
        orderId: 'parked',
      };
      await shop.sendEvents([removal]);
      expect((await refuse({}, await orderIdOf(shop, 'parked')))[1]).to.equal('impossible');
    });
  });
});
