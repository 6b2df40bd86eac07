import { expect } from 'chai';
import { DAY, HOUR } from '../../server/shared/clock.ts';
import type { Page } from '../../storefront-snippet/page.ts';
import { start } from '../../storefront-snippet/start.ts';
import { anAffiliate } from '../support/an-affiliate.ts';
import { anEmptyInternet, type FakeInternet } from '../support/an-internet.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';
import { changeSettings, readDecisions } from './attribution/read-decisions.ts';

const BLOG = 'https://annas-teas.example';
const OPENED = new Date('2026-10-01T08:00:00Z');

describe('S3 a buyer who comes from a page of an affiliate, by a link without a code', () => {
  let internet: FakeInternet;
  let at: TestServer;
  let shop: Shop;
  before(async () => {
    internet = anEmptyInternet();
    at = await startServer(OPENED, internet);
  });
  beforeEach(async () => {
    at.clock.now = OPENED;
    internet.txt.clear();
    shop = await openShop(at);
  });
  after(() => at.stop());

  async function register(site = BLOG, affiliateId = shop.affiliates.anna): Promise<any> {
    const sent = { programId: shop.programId, affiliateId, site };
    const { status, body } = await shop.api('POST', '/api/v1/direct-links', sent);
    expect(status, JSON.stringify(body)).to.equal(201);
    return body;
  }
  async function prove({ id, proofs }: any): Promise<void> {
    internet.txt.set(proofs.dns.name, proofs.dns.value);
    expect((await shop.api('POST', `/api/v1/direct-links/${id}/verify`)).body.status).to.equal('verified');
  }
  /** Days on which the server looks for the proofs that are due. */
  async function pass(days: number): Promise<void> {
    for (let day = 0; day < days; day += 1) {
      at.clock.now = new Date(at.clock.now.getTime() + DAY);
      await at.server.parts.jobs.runNow('check-direct-links');
    }
  }

  /** A browser that comes to the shop's page and runs the snippet there; what the server answered to it. */
  async function visit({ referrer = `${BLOG}/spring?reader=gina`, url = 'https://custom.example/tea' } = {}) {
    const sent: Promise<Answer>[] = [];
    const storage: Record<string, string> = {};
    const sendBeacon = (address: string, body: string): boolean =>
      sent.push(
        call(at, 'POST', address.slice(at.url.length), body, {
          'content-type': 'text/plain',
          'user-agent': 'Mozilla/5.0 Firefox/143.0',
        }),
      ) > 0;
    const page = {
      document: { referrer, cookie: '' },
      location: new URL(url),
      localStorage: storage,
      navigator: { sendBeacon },
      crypto: globalThis.crypto,
    };
    const src = `${at.url}/snippet.js?store=${shop.stores.custom.storeKey}`;
    start(page as unknown as Page, { src, dataset: { direct: '' } });
    const answers = await Promise.all(sent);
    return { answers, visitorKey: storage['_aff_visitor']?.split('.')[0] };
  }

  /** The decision on a paid order of 100.00 that the shop tells an hour later, with the visitor's key alone. */
  async function buy(visitorKey: string | undefined): Promise<any> {
    at.clock.now = new Date(at.clock.now.getTime() + HOUR);
    const createdAt = at.clock.now.toISOString();
    const placed = { createdAt, updatedAt: createdAt, status: 'paid', isPaid: true };
    await shop.sendEvents([anOrderEvent({ ...placed, referral: { visitorKey, source: 'cookie' } })]);
    return (await readDecisions(shop, '1001')).at(-1);
  }

  describe('on a site that is proven', () => {
    let site: any;
    beforeEach(async () => {
      site = await register();
      await prove(site);
    });

    it('earns the affiliate 20 % of 100.00, 20.00, and the receipt says why', async () => {
      const { answers, visitorKey } = await visit();
      expect(answers.map(({ status }) => status)).to.deep.equal([202]);
      const { winner } = await buy(visitorKey);
      expect([winner.affiliateName, winner.class, winner.code]).to.deep.equal(['Anna', 'direct-link', null]);
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 2000 });
      const [{ id }] = (await shop.api('GET', '/api/v1/commissions')).body.items;
      const anna = await anAffiliate(at, shop, shop.affiliates.anna);
      for (const caller of [shop.api, anna]) {
        const prefix = caller === anna ? '/api/v1/affiliate' : '/api/v1';
        const { words } = (await caller('GET', `${prefix}/commissions/${id}/receipt`)).body;
        expect(words[1]).to.match(
          /^Decision 1: credited to Anna for the direct-link visit from annas-teas\.example of Anna, /,
        );
        expect(words.join('\n')).to.not.contain('gina');
      }
    });

    it('is counted as a click on the direct link', async () => {
      await visit();
      await at.server.parts.jobs.runNow('count-clicks');
      const { items } = (await shop.api('GET', '/api/v1/reports/clicks')).body;
      const seen = items.map(({ linkId, affiliateId, clicks }: any) => [linkId, affiliateId, clicks]);
      expect(seen).to.deep.equal([[site.id, shop.affiliates.anna, 1]]);
    });

    it('earns with a proof that was found again on every day since', async () => {
      await pass(5);
      expect((await buy((await visit()).visitorKey)).winner.affiliateName).to.equal('Anna');
    });

    it('earns while the proof is gone for two days only', async () => {
      internet.txt.clear();
      await pass(2);
      expect((await buy((await visit()).visitorKey)).winner.affiliateName).to.equal('Anna');
    });

    it('earns by a visit of before the proof was lost, and by none of after it', async () => {
      const before = await visit();
      internet.txt.clear();
      await pass(3);
      const { answers, visitorKey } = await visit();
      expect(answers.map(({ status }) => status)).to.deep.equal([422]);
      expect((await buy(visitorKey)).winner).to.equal(null);
      expect(await shop.balanceOf('anna')).to.deep.equal({});
      const placed = anOrderEvent({
        id: '1002',
        createdAt: at.clock.now.toISOString(),
        updatedAt: at.clock.now.toISOString(),
        referral: { visitorKey: before.visitorKey, source: 'cookie' },
      });
      await shop.sendEvents([placed]);
      expect((await readDecisions(shop, '1002')).at(-1).winner.affiliateName).to.equal('Anna');
    });

    it('earns nothing where the programme blocks the site, and the merchant reads why', async () => {
      await changeSettings(shop, { blockedSources: { referrerHosts: ['annas-teas.example'] } });
      const { answers, visitorKey } = await visit();
      expect(answers.map(({ status }) => status)).to.deep.equal([202]);
      const { winner, losers } = await buy(visitorKey);
      expect([winner, losers[0].touch.class, losers[0].reason]).to.deep.equal([
        null,
        'direct-link',
        'its source is blocked: came from annas-teas.example, which the programme blocks',
      ]);
      expect(await shop.balanceOf('anna')).to.deep.equal({});
    });

    it('earns nothing 30 days and an hour later, whose window is 30 days', async () => {
      const { visitorKey } = await visit();
      at.clock.now = new Date(at.clock.now.getTime() + 30 * DAY);
      const { winner, losers } = await buy(visitorKey);
      expect([winner, losers[0].reason]).to.deep.equal([null, 'direct-link is 30 d 1 h old, window 30 d']);
    });

    it('gives way to a later link of another affiliate, and the code in the address counts, not the page', async () => {
      const { visitorKey } = await visit({ url: 'https://custom.example/tea?ref=ben' });
      const { winner } = await buy(visitorKey);
      expect([winner.affiliateName, winner.class]).to.deep.equal(['Ben', 'link']);
    });

    it('earns also where the address says a ref that is no code of ours', async () => {
      const { answers, visitorKey } = await visit({ url: 'https://custom.example/tea?ref=annas-newsletter' });
      expect(answers.map(({ status }) => status)).to.deep.equal([202]);
      const { winner } = await buy(visitorKey);
      expect([winner.affiliateName, winner.class, winner.code]).to.deep.equal(['Anna', 'direct-link', null]);
    });
  });

  it('earns nothing from a site that nobody has proven, and is no touch', async () => {
    await register();
    const { answers, visitorKey } = await visit();
    expect(answers.map(({ status, body }) => [status, body.error.code])).to.deep.equal([
      [422, 'unknown-code'],
    ]);
    const decision = await buy(visitorKey);
    expect([decision.winner, decision.losers]).to.deep.equal([null, []]);
    expect(await shop.balanceOf('anna')).to.deep.equal({});
  });

  it('earns nothing from a page beside the one that is proven', async () => {
    const site = await register(`${BLOG}/anna`);
    await prove(site);
    const { visitorKey } = await visit({ referrer: `${BLOG}/annabel/teas` });
    expect((await buy(visitorKey)).winner).to.equal(null);
  });
});
