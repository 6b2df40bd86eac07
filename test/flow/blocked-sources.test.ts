import { expect } from 'chai';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { startWatchedServer, type WatchedServer } from '../api/watch-data.ts';
import { call, openShop, type Shop } from '../support/a-shop.ts';
import { anAffiliate } from '../support/an-affiliate.ts';
import { changeSettings, readDecisions } from './attribution/read-decisions.ts';

const CLICKED = new Date('2026-10-02T09:00:00Z');
const ORDERED = new Date('2026-10-02T10:05:00Z');
const DEALS = 'https://www.deals.example/page?user=gina';

describe('S3 a programme that blocks sources', () => {
  let at: WatchedServer;
  let shop: Shop;
  before(async () => {
    at = await startWatchedServer();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-01T08:00:00Z');
    shop = await openShop(at);
  });
  after(() => at.stop());

  const block = (blockedSources: object) => changeSettings(shop, { blockedSources });
  /** A visit to a page of the shop at nine. */
  async function visit(change: object = {}): Promise<{ touchId: string; visitorKey: string }> {
    at.clock.now = CLICKED;
    const { storeKey } = shop.stores.custom;
    const url = 'https://custom.example/tea?ref=anna';
    const body = { storeKey, code: 'anna', url, consent: true, ...change };
    const answer = await call(at, 'POST', '/collect/v1/touches', body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(202);
    return answer.body;
  }
  async function order(referral: object): Promise<any> {
    at.clock.now = ORDERED;
    await shop.sendEvents([anOrderEvent({ referral: { source: 'cookie', ...referral } })]);
    return (await readDecisions(shop, '1001')).at(-1);
  }
  const stored = async (touchId: string) =>
    (await at.server.parts.ingest.touches.byIds(shop.merchantId, [touchId]))[0];

  it('credits nobody for a visit from a referrer that it refuses, and says why', async () => {
    await block({ referrerHosts: ['deals.example'] });
    const { visitorKey } = await visit({ referrer: DEALS });
    const { winner, losers } = await order({ visitorKey });
    expect([winner, losers[0].reason]).to.deep.equal([
      null,
      'its source is blocked: came from deals.example, which the programme blocks',
    ]);
    expect(await shop.balanceOf('anna')).to.deep.equal({});
  });

  it('does not credit the code that the refused visit left either', async () => {
    await block({ referrerHosts: ['deals.example'] });
    const { visitorKey } = await visit({ referrer: DEALS });
    expect((await order({ visitorKey, code: 'anna' })).winner).to.equal(null);
  });

  it('credits the other affiliate, whose visit came from elsewhere', async () => {
    await block({ referrerHosts: ['deals.example'] });
    const { visitorKey } = await visit({ code: 'ben', referrer: 'https://blog.example/' });
    await visit({ referrer: DEALS, visitorKey });
    expect((await order({ visitorKey })).winner.affiliateName).to.equal('Ben');
  });

  it('credits nobody for a paid ad that it refuses, by its parameter', async () => {
    await block({ paidAds: 'refuse' });
    const { visitorKey } = await visit({ url: 'https://custom.example/tea?ref=anna&gclid=Cj0K' });
    expect((await order({ visitorKey })).losers[0].reason).to.equal(
      'its source is blocked: a paid ad (gclid)',
    );
  });

  it('knows a paid ad that leads to a short link', async () => {
    await block({ paidAds: 'refuse' });
    const { programId, affiliates } = shop;
    const link = { programId, affiliateId: affiliates.anna, targetUrl: 'https://custom.example/tea' };
    const { body: made } = await shop.api('POST', '/api/v1/links', link);
    const { headers } = await call(at, 'GET', `${made.path}?msclkid=x1`);
    expect(headers.get('location')).to.equal(
      `https://custom.example/tea?ref=anna&rfl=${made.slug}&msclkid=x1`,
    );
    const everything = await at.dump(shop.merchantId);
    expect(everything).to.contain('"blocked":"a paid ad (msclkid)"');
    expect(everything).to.contain('"landingPage":"custom.example/tea"');
  });

  it('blocks nothing for another programme of the merchant', async () => {
    await block({ referrerHosts: ['deals.example'], paidAds: 'refuse' });
    const open = { name: 'Open to all', rules: [{ id: 'all', kind: 'percent', args: { ratePpm: 50_000 } }] };
    const { id } = (await shop.api('POST', '/api/v1/programs', open)).body;
    const member = { affiliateId: shop.affiliates.ben, code: 'ben-open' };
    await shop.api('POST', `/api/v1/programs/${id}/memberships`, member);
    const url = 'https://custom.example/tea?ref=ben-open&gclid=x1';
    const { visitorKey } = await visit({ code: 'ben-open', referrer: DEALS, url });
    const { winner } = await order({ visitorKey });
    expect([winner.affiliateName, winner.programId, winner.flagged]).to.deep.equal(['Ben', id, null]);
  });

  it('is not led past its block by capitals, a port or a dot at the end', async () => {
    await block({ referrerHosts: ['deals.example'], paidAds: 'refuse' });
    for (const change of [
      { referrer: 'https://WWW.Deals.Example:8443/x' },
      { referrer: 'http://user:word@deals.example./' },
      { url: 'https://custom.example/tea?GCLID=x1' },
      { url: 'https://custom.example/tea?gclid=&gclid=x1' },
      { url: 'https://custom.example/tea?%67clid=x1' },
    ]) {
      const { touchId } = await visit(change);
      expect((await stored(touchId))?.blocked, JSON.stringify(change)).to.be.a('string');
    }
    for (const referrer of [
      'https://notdeals.example/',
      'https://deals.example.org/',
      'https://x/deals.example',
    ]) {
      const { touchId } = await visit({ referrer });
      expect((await stored(touchId))?.blocked, referrer).to.equal(null);
    }
  });

  describe('that it only flags', () => {
    const REASON = 'came from deals.example, which the programme flags; a paid ad (fbclid)';
    let decision: any;
    beforeEach(async () => {
      await block({ referrerHosts: ['deals.example'], onReferrer: 'flag', paidAds: 'flag' });
      const url = 'https://custom.example/tea?ref=anna&fbclid=x1';
      const { visitorKey } = await visit({ referrer: DEALS, url });
      decision = await order({ visitorKey });
    });

    it('credits it all the same, and lets the merchant read why it was flagged', async () => {
      expect([decision.winner.affiliateName, decision.winner.flagged]).to.deep.equal(['Anna', REASON]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 2000 });
    });

    it("tells it beside the merchant's receipt, and nowhere to the affiliate", async () => {
      const [{ id }] = (await shop.api('GET', '/api/v1/commissions')).body.items;
      const { flags, ...merchants } = (await shop.api('GET', `/api/v1/commissions/${id}/receipt`)).body;
      expect(flags).to.deep.equal([`link of Anna: ${REASON}`]);
      const anna = await anAffiliate(at, shop, shop.affiliates.anna);
      const own = (await anna('GET', `/api/v1/affiliate/commissions/${id}/receipt`)).body;
      expect(own).to.deep.equal(merchants);
      expect(JSON.stringify(own)).to.not.match(/flag|deals|fbclid/);
    });
  });

  it('judges a visit by the settings of its time, and keeps their version with it', async () => {
    const early = await visit({ referrer: DEALS });
    await block({ referrerHosts: ['deals.example'] });
    const late = await visit({ referrer: DEALS });
    expect(await stored(early.touchId)).to.include({ blocked: null, flagged: null, settingsVersion: 1 });
    expect(await stored(late.touchId)).to.include({ settingsVersion: 2, flagged: null });
    expect((await stored(late.touchId))?.blocked).to.contain('deals.example');
    await block({});
    expect((await order({ visitorKey: late.visitorKey })).winner).to.equal(null);
  });

  it('keeps of a page that is not blocked neither the parameters of the ad nor those of the referrer', async () => {
    const { touchId } = await visit({ referrer: DEALS, url: 'https://custom.example/tea?gclid=Cj0K' });
    expect(await stored(touchId)).to.include({
      landingPage: 'custom.example/tea',
      referrerHost: 'www.deals.example',
    });
    expect(JSON.stringify(await stored(touchId))).to.not.match(/Cj0K|gina/);
  });

  it('embeds no list of sources in its decisions', async () => {
    await block({ referrerHosts: ['deals.example'] });
    const { visitorKey } = await visit();
    await order({ visitorKey });
    const { attributions } = at.server.parts.attribution;
    for await (const { decisions } of attributions.all(shop.merchantId)) {
      expect(JSON.stringify(decisions)).to.not.contain('deals.example');
      expect(decisions[0]?.input.settings[shop.programId]?.version).to.equal(2);
    }
  });

  it('is told what is wrong with a source that it cannot block', async () => {
    const settings = { blockedSources: { referrerHosts: ['https://deals.example/'] } };
    const { status, body } = await shop.api('POST', `/api/v1/programs/${shop.programId}/settings`, {
      settings,
    });
    expect([status, body.error.issues[0].path]).to.deep.equal([
      400,
      'settings.blockedSources.referrerHosts.0',
    ]);
  });
});
