import { expect } from 'chai';
import { MINUTE } from '../../../server/shared/clock.ts';
import { anOrderEvent } from '../../support/a-signed-order.ts';
import { startServer, type TestServer } from '../../support/a-server.ts';
import { openShop, type Shop } from '../../support/a-shop.ts';
import { changeSettings, readDecisions } from './read-decisions.ts';

const NOON = new Date('2026-10-02T12:00:00Z');
const minutesAgo = (minutes: number): Date => new Date(NOON.getTime() - minutes * MINUTE);
const byAnna = { referral: { code: 'anna', source: 'cookie' } };

describe('what an order is decided on', () => {
  let at: TestServer;
  let shop: Shop;
  before(async () => {
    at = await startServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
  });
  after(() => at.stop());

  /** Sends an order that is placed at noon, and reads its last decision. */
  async function decide(order: object): Promise<any> {
    at.clock.now = NOON;
    const placed = { createdAt: NOON.toISOString(), updatedAt: NOON.toISOString() };
    await shop.sendEvents([anOrderEvent({ ...placed, ...order })]);
    return (await readDecisions(shop, '1001')).at(-1);
  }
  async function put(path: string, body: object): Promise<any> {
    const answer = await shop.api('PUT', `/api/v1/${path}`, body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    return answer.body;
  }
  const identify = (identity: object) => put(`affiliates/${shop.affiliates.anna}/identity`, identity);
  const newCoupon = (code: string, who: 'anna' | 'ben', creditPolicy = 'always') => {
    const owner = { programId: shop.programId, affiliateId: shop.affiliates[who] };
    return shop.api('POST', '/api/v1/coupons', { ...owner, code, creditPolicy });
  };

  describe('S10 a pattern of codes', () => {
    it('owns every code that begins so, whatever its case', async () => {
      await newCoupon('SPRING-*', 'anna');
      const { winner } = await decide({ coupons: ['spring-GINA'] });
      expect([winner.affiliateName, winner.code]).to.deep.equal(['Anna', 'spring-gina']);
    });

    it('is beaten by an exact code', async () => {
      await newCoupon('SPRING-*', 'anna');
      await newCoupon('SPRING-BEN', 'ben');
      expect((await decide({ coupons: ['SPRING-BEN'] })).winner.affiliateName).to.equal('Ben');
    });

    it('is refused when it would own half of the codes of the shop', async () => {
      for (const code of ['*', 'A*', 'AN*NA'])
        expect((await newCoupon(code, 'anna')).status, code).to.equal(400);
    });
  });

  describe("S10 an affiliate's code for personal use", () => {
    it('discounts and pays nothing', async () => {
      await newCoupon('ANNAPRIVATE', 'anna', 'never');
      const { winner, losers } = await decide({ coupons: ['annaprivate'] });
      expect([winner, losers[0].reason]).to.deep.equal([
        null,
        'the coupon gives a discount and earns nothing',
      ]);
    });
  });

  describe('S3 an affiliate who owns a product on the order', () => {
    const owns = () => ({ ownedProducts: [{ productId: 'tea', affiliateId: shop.affiliates.ben }] });

    it('earns nothing by default', async () => {
      await changeSettings(shop, owns());
      expect(await decide({}))
        .to.include({ winner: null })
        .and.to.have.deep.property('losers', []);
    });

    it('earns where the programme counts it, and loses to a click', async () => {
      await changeSettings(shop, { ...owns(), precedence: [['link'], ['product-ownership']] });
      expect((await decide({})).winner).to.include({ carrier: 'product tea', affiliateName: 'Ben' });
      at.clock.now = NOON;
      const updatedAt = minutesAgo(-1).toISOString();
      await shop.sendEvents([
        anOrderEvent({ ...byAnna, createdAt: NOON.toISOString(), updatedAt }, { sequence: 2 }),
      ]);
      const { winner, losers } = (await readDecisions(shop, '1001')).at(-1);
      expect([winner.affiliateName, losers[0].touch.carrier]).to.deep.equal(['Anna', 'product tea']);
    });
  });

  describe('S3 a click that came when the buyer was in the checkout', () => {
    it('loses to the click before; one that only the order tells of is not late', async () => {
      at.clock.now = minutesAgo(60);
      const { visitorKey } = await shop.touch('anna');
      at.clock.now = minutesAgo(3);
      await shop.touch('ben', visitorKey);
      const referral = { visitorKey, source: 'cookie' };
      const decision = await decide({ referral, checkoutStartedAt: minutesAgo(10).toISOString() });
      expect(decision.winner.affiliateName).to.equal('Anna');
      expect(decision.checkoutStartedAt).to.equal(minutesAgo(10).toISOString());
      expect(decision.losers[0].reason).to.equal(
        'the link touch came 7 min after the checkout began, and an earlier touch counts',
      );
    });
  });

  describe('S9 an affiliate of whom we know more than the e-mail address', () => {
    it('is rejected as the owner of the account in the shop', async () => {
      const { id: storeId } = shop.stores.custom;
      await identify({ storeAccounts: [{ storeId, customerId: 'c-7' }] });
      const { winner, losers } = await decide({ ...byAnna, customer: { id: 'c-7' } });
      expect(winner).to.equal(null);
      expect(losers[0].reason).to.equal("the buyer's account in the shop is the affiliate's own");
    });

    it('is not taken for the customer of the same id in another shop', async () => {
      await identify({ storeAccounts: [{ storeId: shop.stores.woocommerce.id, customerId: 'c-7' }] });
      expect((await decide({ ...byAnna, customer: { id: 'c-7' } })).winner.affiliateName).to.equal('Anna');
    });

    it('wins, and a person must decide, when the order was paid from the payout account', async () => {
      await identify({ payoutAccount: 'AT61 1904 3002 3457 3201' });
      const decision = await decide({ ...byAnna, customer: { paymentAccount: 'at611904300234573201' } });
      expect([decision.winner.affiliateName, decision.hold]).to.deep.equal([
        'Anna',
        "Anna: the order was paid from the affiliate's payout account",
      ]);
    });

    it('is known by the network and the browser of their sign-ins to the portal', async () => {
      await changeSettings(shop, { selfReferral: { sameIp: 'hold', sameBrowser: 'hold', ipHours: 2 } });
      at.clock.now = minutesAgo(90);
      const signIn = { ip: '2001:db8:1:2::7', visitorKey: 'visitor-of-anna' };
      await at.server.parts.affiliates.noteSignIn(shop.merchantId, shop.affiliates.anna, signIn);
      const referral = { code: 'anna', visitorKey: 'visitor-of-anna', source: 'cookie' };
      const decision = await decide({ referral, customer: { ip: '2001:db8:1:2:3:4:5:6' } });
      expect(decision.hold).to.equal(
        'Anna: the affiliate had signed in from the same network 1 h 30 min before; ' +
          'Anna: the affiliate had signed in to the portal in the same browser',
      );
    });

    it('is stated in clear and shown by its kinds alone; what is left out stays', async () => {
      const address = { country: 'AT', postcode: '1010', city: 'Wien', line1: 'Ring 1' };
      expect(await identify({ address })).to.deep.equal({
        storeAccounts: 0,
        address: true,
        payoutAccount: false,
      });
      expect(await identify({ payoutAccount: 'x' })).to.include({ address: true, payoutAccount: true });
      expect(await identify({ address: null })).to.include({ address: false, payoutAccount: true });
    });

    it('is refused with words on what to do', async () => {
      const path = `/api/v1/affiliates/${shop.affiliates.anna}/identity`;
      const refusals = [
        { storeAccounts: [{ storeId: 'no-store', customerId: '1' }] },
        { address: { country: 'AT', line1: 'Ring 1' } },
      ];
      for (const [index, path2] of ['storeAccounts.0.storeId', 'address'].entries()) {
        const { status, body } = await shop.api('PUT', path, refusals[index]);
        expect([status, body.error.issues[0].path]).to.deep.equal([400, path2]);
      }
    });
  });

  describe('S5 the group of a member', () => {
    it('is the one at T: a change holds from now on', async () => {
      const { body } = await shop.api(
        'GET',
        `/api/v1/programs/${shop.programId}/memberships?affiliateId=${shop.affiliates.anna}`,
      );
      const path = `programs/${shop.programId}/memberships/${body.items[0].id}/group`;
      expect((await put(path, { group: 'gold' })).groups).to.have.length(1);
      expect((await put(path, { group: 'gold' })).groups).to.have.length(1);
      at.clock.now = minutesAgo(-1);
      await put(path, { group: null });
      expect((await decide(byAnna)).winner.group).to.equal('gold');
    });
  });

  describe('S3 a touch whose source is blocked', () => {
    it('earns nothing, and says why', async () => {
      at.clock.now = minutesAgo(60);
      const { touchId, visitorKey } = await shop.touch('anna');
      const [touch] = await at.server.parts.ingest.touches.byIds(shop.merchantId, [touchId]);
      if (!touch) throw new Error('the touch was not stored');
      expect(touch.blocked).to.equal(null);
      await at.server.parts.ingest.touches.insert({ ...touch, _id: 'blocked', blocked: 'a data centre' });
      const decision = await decide({ referral: { visitorKey, source: 'cookie' } });
      expect(decision.winner.id).to.equal(touchId);
      expect(decision.losers[0].reason).to.equal('its source is blocked: a data centre');
    });
  });
});
