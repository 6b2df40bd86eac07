import { expect } from 'chai';
import { DAY, HOUR, MINUTE } from '../../server/shared/clock.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { shopifyOrder } from '../support/shopify-payloads.ts';
import { startWatchedServer, type WatchedServer } from '../api/watch-data.ts';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';
import { readDecisions } from './attribution/read-decisions.ts';

const NOON = new Date('2026-10-02T12:00:00Z');
const TOKEN = 'b1946ac92492d2347c6235b4d2611184';

describe('a pixel in the checkout', () => {
  let at: WatchedServer;
  let shop: Shop;
  before(async () => {
    at = await startWatchedServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
    at.clock.now = NOON;
  });
  after(() => at.stop());

  async function match(
    facts: object,
    headers: Record<string, string> = {},
    store: 'custom' | 'shopify' = 'custom',
  ): Promise<Answer> {
    const { storeKey } = shop.stores[store];
    const body = { storeKey, checkoutToken: TOKEN, ...facts };
    const answer = await call(at, 'POST', '/collect/v1/matches', body, headers);
    await at.server.idle();
    return answer;
  }
  const order = (facts: object = {}) => {
    const moment = at.clock.now.toISOString();
    const placed = { createdAt: moment, updatedAt: moment, checkoutToken: TOKEN };
    return shop.sendEvents([anOrderEvent({ ...placed, ...facts })]);
  };
  const decisions = (): Promise<any[]> => readDecisions(shop, '1001');
  const winner = async () => (await decisions()).at(-1).winner;
  const pass = (milliseconds: number) => {
    at.clock.now = new Date(at.clock.now.getTime() + milliseconds);
  };
  const refusal = ({ status, body }: Answer) => [status, body.error?.code];

  it('is no order by itself', async () => {
    expect(await match({ code: 'anna' })).to.include({ status: 202, body: '' });
    expect((await shop.api('GET', '/api/v1/orders')).body.items).to.deep.equal([]);
  });

  it('names the affiliate of the order of its checkout: a bare code is of the class pixel (S3)', async () => {
    await match({ code: 'anna' });
    await order();
    expect(await winner()).to.include({ affiliateName: 'Anna', class: 'pixel', carrier: 'pixel' });
    expect(await decisions(), 'the evidence was there before anybody decided').to.have.length(1);
  });

  it('lets a touch that it names keep its class and its time (S3)', async () => {
    const { touchId } = await shop.touch('ben');
    pass(5 * DAY);
    await match({ touchId, code: 'ben' });
    await order();
    expect(await winner()).to.include({ affiliateName: 'Ben', class: 'link', at: NOON.toISOString() });
  });

  it('reaches the touches of the browser that it names (S3)', async () => {
    const { visitorKey } = await shop.touch('ben');
    pass(HOUR);
    await match({ visitorKey });
    await order();
    expect((await winner()).affiliateName).to.equal('Ben');
  });

  it('comes after a click of a link, because what it only says counts less (S3)', async () => {
    const { visitorKey } = await shop.touch('ben');
    pass(HOUR);
    await match({ code: 'anna', visitorKey });
    await order();
    expect((await winner()).affiliateName).to.equal('Ben');
  });

  it('says nothing of the order of another checkout, of another shop, or of none', async () => {
    await match({ code: 'anna' });
    await order({ checkoutToken: 'another-token' });
    expect(await winner()).to.equal(null);
    await order({ id: '1002', checkoutToken: undefined });
    await match({ code: 'anna' }, {}, 'shopify');
    expect(await shop.balanceOf('anna')).to.deep.equal({});
  });

  describe('that comes after the order', () => {
    beforeEach(() => order());

    it('makes a new decision within the settle time, and the difference is posted (S3)', async () => {
      expect(await winner()).to.equal(null);
      pass(47 * HOUR);
      await match({ code: 'anna' });
      expect((await decisions()).map((each) => each.winner?.affiliateName ?? null)).to.deep.equal([
        null,
        'Anna',
      ]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 2000 });
    });

    it('changes nothing any more when the settle time is over (S3)', async () => {
      pass(49 * HOUR);
      await match({ code: 'anna' });
      expect(await decisions()).to.have.length(1);
      expect(await shop.balanceOf('anna')).to.deep.equal({});
    });

    it('is one when it is told twice', async () => {
      await match({ code: 'anna' });
      const before = await at.dump();
      expect((await match({ code: 'anna' })).status).to.equal(202);
      expect(await at.dump()).to.equal(before);
    });
  });

  describe('that tells when the checkout began', () => {
    const beganBeforeTouch = async (moment: Date | undefined): Promise<any> => {
      const { visitorKey: early } = await shop.touch('anna');
      pass(HOUR);
      const { visitorKey } = await shop.touch('ben');
      pass(MINUTE);
      if (moment) await match({ checkoutStartedAt: moment.toISOString() });
      await match({ visitorKey });
      await order({ referral: { visitorKey: early, source: 'cookie' } });
      return winner();
    };

    it('shows a click as late that came after it: the earlier one counts (S3)', async () => {
      const began = new Date(NOON.getTime() + 30 * MINUTE);
      expect((await beganBeforeTouch(began)).affiliateName).to.equal('Anna');
    });

    it('leaves the last click where it says nothing, or that it began later (S3)', async () => {
      expect((await beganBeforeTouch(undefined)).affiliateName).to.equal('Ben');
    });

    it('cannot have begun after we heard of it', async () => {
      expect((await beganBeforeTouch(new Date('2030-01-01T00:00:00Z'))).affiliateName).to.equal('Ben');
      const [stored] = (await at.server.parts.ingest.orders.list(shop.merchantId, 1, {})) as any[];
      expect(stored.checkoutStartedAt.toISOString()).to.equal('2026-10-02T13:01:00.000Z');
    });
  });

  it("finds Shopify's order by its checkout token", async () => {
    await match({ code: 'anna' }, {}, 'shopify');
    const { status } = await shop.sendShopify('orders/create', {
      ...shopifyOrder({ created_at: NOON.toISOString(), updated_at: NOON.toISOString() }),
      checkout_token: TOKEN,
    });
    expect(status).to.equal(200);
    const { body } = await shop.api('GET', '/api/v1/commissions');
    expect(body.items.map((item: any) => item.affiliateId)).to.deep.equal([shop.affiliates.anna]);
  });

  it('has its token kept as a hash alone: on some platforms it opens the checkout of the buyer', async () => {
    await match({ code: 'anna' });
    await order();
    expect(await at.dump()).to.not.include(TOKEN);
  });

  it('leaves nothing of a visitor who has not consented, or whose browser asks for it', async () => {
    const before = await at.dump();
    expect(refusal(await match({ code: 'anna', consent: false }))).to.deep.equal([422, 'impossible']);
    expect(refusal(await match({ code: 'anna' }, { dnt: '1' }))).to.deep.equal([422, 'impossible']);
    expect(await at.dump()).to.equal(before);
  });

  it('is told what is missing', async () => {
    expect(refusal(await match({}))).to.deep.equal([400, 'invalid-input']);
    expect(refusal(await match({ checkoutToken: '' }))).to.deep.equal([400, 'invalid-input']);
    expect(refusal(await match({ code: 'x@y' }))).to.deep.equal([400, 'invalid-input']);
    expect(refusal(await match({ storeKey: 'nobody', code: 'anna' }))).to.deep.equal([404, 'not-found']);
  });
});
