import { expect } from 'chai';
import { DAY } from '../../server/shared/clock.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';
import { readDecisions } from './attribution/read-decisions.ts';

const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0' };

describe('a link of an affiliate that is followed', () => {
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

  async function make(given: object = {}, kind: 'links' | 'rewrites' = 'links'): Promise<any> {
    const { programId, affiliates, stores } = shop;
    const targetUrl = `${stores.custom.domain}/tea`;
    const sent = { programId, affiliateId: affiliates.anna, targetUrl, ...given };
    const { status, body } = await shop.api('POST', `/api/v1/${kind}`, sent);
    expect(status, JSON.stringify(body)).to.equal(201);
    return body;
  }
  const follow = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    call(at, method, path, undefined, { ...BROWSER, ...headers });
  async function land(url: string, change: object = {}): Promise<any> {
    const { storeKey } = shop.stores.custom;
    const code = new URL(url).searchParams.get('ref');
    const sent = { storeKey, code, url, visitorKey: 'visitor-one', consent: true, ...change };
    const { status, body } = await call(at, 'POST', '/collect/v1/touches', sent, BROWSER);
    expect(status, JSON.stringify(body)).to.equal(202);
    return body;
  }
  async function counted(): Promise<any[]> {
    await at.server.parts.jobs.runNow('count-clicks');
    return (await shop.api('GET', '/api/v1/reports/clicks')).body.items;
  }
  async function buy(): Promise<any> {
    const createdAt = at.clock.now.toISOString();
    const referral = { visitorKey: 'visitor-one', source: 'cookie' };
    await shop.sendEvents([anOrderEvent({ createdAt, updatedAt: createdAt, referral })]);
    return (await readDecisions(shop, '1001')).at(-1);
  }

  describe('in another writing', () => {
    const slug = () => `tea-${shop.merchantId.slice(0, 8)}`;
    const writings: [string, (path: string) => string][] = [
      ['in capitals, as it was typed from a poster', (path) => `/r/${path.slice(3).toUpperCase()}`],
      ['with a slash at its end', (path) => `${path}/`],
      ['with a slash at its end and a sub-id', (path) => `${path}/?sub=poster`],
      ['with escapes', (path) => path.replaceAll('-', '%2D')],
    ];
    for (const [what, write] of writings) {
      it(`leads to the same page: ${what}`, async () => {
        const { path } = await make({ slug: slug() });
        const { status, headers } = await follow(write(path));
        expect(status).to.equal(302);
        expect(headers.get('location')).to.match(
          /^https:\/\/custom\.example\/tea\?ref=anna&(sub=poster&)?rfl=tea-/,
        );
      });
    }

    it('leads nowhere with anything more in its path', async () => {
      const { path } = await make({ slug: slug() });
      for (const more of ['//', '/x', '/..', '.', '%2F']) {
        expect((await follow(`${path}${more}`)).status, more).to.be.oneOf([400, 404]);
      }
    });

    it('keeps the first good one of several sub-ids', async () => {
      const { path } = await make({ subId: 'own' });
      const subOf = async (query: string) =>
        new URL((await follow(`${path}${query}`)).headers.get('location') ?? '').searchParams.getAll('sub');
      expect(await subOf('?sub=&sub=mail.1&sub=mail.2')).to.deep.equal(['mail.1']);
      expect(await subOf('?sub=two%20words')).to.deep.equal(['own']);
      expect(await subOf('?sub=news%3A42')).to.deep.equal(['news:42']);
    });
  });

  describe('to a shop that the merchant gave up', () => {
    async function disconnect(): Promise<void> {
      const { id } = shop.stores.custom;
      expect((await shop.api('POST', `/api/v1/stores/${id}/disconnect`)).status).to.equal(200);
    }

    it("leads nowhere: the address may be somebody else's by now", async () => {
      const [short, deep] = [await make(), await make({ kind: 'deep' })];
      const rewrite = await make({ slug: `spring-${shop.merchantId.slice(0, 8)}` }, 'rewrites');
      for (const { path } of [short, deep, rewrite]) expect((await follow(path)).status).to.equal(302);
      await disconnect();
      for (const { path } of [short, deep, rewrite]) {
        const { status, headers } = await follow(path);
        expect([status, headers.get('location')], path).to.deep.equal([404, null]);
      }
    });

    it('leads on again when the shop is connected again', async () => {
      const { path } = await make();
      await disconnect();
      const shopAgain = { platform: 'custom', domain: shop.stores.custom.domain };
      expect((await shop.api('POST', '/api/v1/stores', shopAgain)).status).to.equal(201);
      expect((await follow(path)).status).to.equal(302);
    });

    it('leads on to another shop of the merchant, for which a rewrite was made anew', async () => {
      const made = await make({ slug: `moved-${shop.merchantId.slice(0, 8)}` }, 'rewrites');
      await disconnect();
      const target = { targetUrl: `${shop.stores.woocommerce.domain}/tea`, version: 1 };
      await shop.api('PUT', `/api/v1/rewrites/${made.id}/target`, target);
      const { headers } = await follow(made.path);
      expect(headers.get('location')).to.match(/^https:\/\/woo\.example\/tea\?ref=anna&/);
    });
  });

  describe('whose affiliate, membership or programme has ended', () => {
    const endings: [string, string, () => Promise<Answer>][] = [
      [
        'the affiliate is suspended',
        'affiliate',
        () => shop.api('POST', `/api/v1/affiliates/${shop.affiliates.anna}/suspend`),
      ],
      [
        'the membership has ended',
        'membership',
        async () => {
          const memberships = `/api/v1/programs/${shop.programId}/memberships`;
          const { body } = await shop.api('GET', memberships);
          const { id } = body.items.find(({ affiliateId }: any) => affiliateId === shop.affiliates.anna);
          return shop.api('POST', `${memberships}/${id}/end`);
        },
      ],
      [
        'the programme is paused',
        'programme',
        () => shop.api('POST', `/api/v1/programs/${shop.programId}/pause`),
      ],
    ];
    for (const [what, word, end] of endings) {
      it(`leads the buyer to the shop, and earns nothing: ${what}`, async () => {
        const { path } = await make();
        expect((await end()).status).to.equal(200);
        at.clock.now = new Date(at.clock.now.getTime() + DAY);
        const { status, headers } = await follow(path);
        expect(status).to.equal(302);
        await land(headers.get('location') ?? '');
        const { winner, losers } = await buy();
        expect([winner, losers.length]).to.deep.equal([null, 1]);
        expect(losers[0].reason).to.contain(word);
        expect(await shop.balanceOf('anna')).to.deep.equal({});
      });
    }
  });

  describe('by a program that shows people where it leads', () => {
    const previews: [string, string][] = [
      ['Slack', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
      ['Facebook', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
      ['WhatsApp', 'WhatsApp/2.23.20.0'],
      ['Telegram', 'TelegramBot (like TwitterBot)'],
      ['X', 'Twitterbot/1.0'],
      ['LinkedIn', 'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)'],
      ['Discord', 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)'],
      [
        'iMessage',
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
      ],
      [
        'Teams',
        'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com',
      ],
      ['Mastodon', 'http.rb/5.1.1 (Mastodon/4.2.1; +https://mastodon.example/) Bot'],
    ];
    for (const [name, userAgent] of previews) {
      it(`is no click: the preview of ${name}`, async () => {
        const { path } = await make();
        expect((await follow(path, { 'user-agent': userAgent })).status).to.equal(302);
        expect((await counted()).map(({ clicks }) => clicks)).to.deep.equal([0]);
      });
    }

    it('is no click and no touch, where the browser shows a preview', async () => {
      const { path } = await make();
      expect((await follow(path, { 'x-purpose': 'preview' })).status).to.equal(302);
      expect(await counted()).to.deep.equal([]);
    });

    for (const headers of [
      { 'sec-purpose': 'prefetch' },
      { 'sec-purpose': 'prefetch;prerender' },
      { 'sec-purpose': 'prefetch;anonymous-client-ip' },
      { purpose: 'prefetch' },
      { 'x-moz': 'prefetch' },
    ]) {
      it(`is not fetched before somebody clicks (${JSON.stringify(headers)}), and is a click then`, async () => {
        const { path } = await make();
        const early = await follow(path, headers);
        expect([early.status, early.headers.get('location')]).to.deep.equal([503, null]);
        expect(early.headers.get('retry-after')).to.not.equal(null);
        expect(await counted()).to.deep.equal([]);
        expect((await follow(path)).status).to.equal(302);
        expect((await counted()).map(({ clicks }) => clicks)).to.deep.equal([1]);
      });
    }
  });

  describe('and named by the address of its landing', () => {
    it('is the link of that visit only with the code of its affiliate', async () => {
      const { slug, id } = await make();
      const { domain } = shop.stores.custom;
      await land(`${domain}/tea?ref=ANNA&rfl=${slug}`);
      await land(`${domain}/tea?ref=ben&rfl=${slug}`, { visitorKey: 'visitor-two' });
      const seen = (await counted()).map(({ affiliateId, linkId, clicks, uncounted }) => [
        affiliateId === shop.affiliates.anna ? 'Anna' : 'Ben',
        linkId,
        clicks,
        uncounted.landing,
      ]);
      expect(seen).to.have.deep.members([
        ['Anna', id, 0, 1],
        ['Ben', null, 1, 0],
      ]);
    });

    it('is not that of another merchant', async () => {
      const { slug } = await make();
      const other = await openShop(at);
      const url = `${other.stores.custom.domain}/tea?ref=anna&rfl=${slug}`;
      await land(url, { storeKey: other.stores.custom.storeKey });
      await at.server.parts.jobs.runNow('count-clicks');
      const { items } = (await other.api('GET', '/api/v1/reports/clicks')).body;
      expect(items.map(({ linkId, clicks }: any) => [linkId, clicks])).to.deep.equal([[null, 1]]);
    });
  });

  it('has a slug of which two who ask at once get one', async () => {
    const other = await openShop(at);
    const slug = `wanted-${shop.merchantId.slice(0, 8)}`;
    const ask = ({ api, programId, affiliates, stores }: Shop) =>
      api('POST', '/api/v1/links', {
        ...{ programId, affiliateId: affiliates.anna, slug },
        targetUrl: `${stores.custom.domain}/`,
      });
    const answers = await Promise.all([ask(shop), ask(other), ask(shop)]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([201, 409, 409]);
  });
});
