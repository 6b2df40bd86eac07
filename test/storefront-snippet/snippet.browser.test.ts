import { expect } from 'chai';
import type { BrowserContext } from 'playwright-core';
import { chromiumAvailable, describeWhen } from '../support/requires.ts';
import {
  consent,
  cookieNames,
  openBrowser,
  storedNames,
  type TestBrowser,
  type Visit,
} from './open-browser.ts';

const A_DAY = 86_400;

describeWhen(chromiumAvailable(), 'the snippet on a shop page in Chromium', () => {
  let browser: TestBrowser;
  const prepare: TestBrowser['prepare'] = (options) => browser.prepare(options);
  const visit: TestBrowser['visit'] = (query, options) => browser.visit(query, options);

  before(async function () {
    this.timeout(30_000);
    browser = await openBrowser();
  });

  afterEach(() => browser.closeShops());

  after(() => browser.close());

  describe('a visitor comes with a code', () => {
    it('one touch arrives, with the code and what the contract names', async () => {
      const { shop, page, asked, errors } = await visit('?utm_source=blog&ref=ANNA#reviews');
      const { contentType, body } = await shop.touch(1);
      expect(contentType).to.match(/^text\/plain/);
      expect(body).to.include({ storeKey: 'store_1', code: 'ANNA', consent: true });
      expect(body['url']).to.equal(`${shop.url}?utm_source=blog&ref=ANNA`);
      expect(body['visitorKey']).to.match(/^[\w-]{8,64}$/);
      expect(await page.title()).to.equal('open');
      expect(asked).to.have.length(1);
      expect(errors).to.deep.equal([]);
    });

    it("a code behind the fragment arrives, and the fragment, which is nobody's business, does not", async () => {
      const { shop } = await visit('?lang=en#/tea?ref=ANNA');
      const { body } = await shop.touch(1);
      expect([body['code'], body['url']]).to.deep.equal(['ANNA', `${shop.url}?lang=en`]);
    });

    it('code and visitor key are kept in lax first-party cookies and in localStorage', async () => {
      const { shop, context, page } = await visit('?ref=ANNA', { attributes: 'data-window="604800"' });
      const { body } = await shop.touch(1);
      const cookies = await context.cookies();
      const facts = cookies.map(({ name, value, path, sameSite }) => ({ name, value, path, sameSite }));
      const lax = { path: '/', sameSite: 'Lax' };
      expect(facts).to.have.deep.members([
        { name: '_aff_ref', value: 'ANNA', ...lax },
        { name: '_aff_visitor', value: body['visitorKey'], ...lax },
      ]);
      expect(await storedNames(page)).to.deep.equal(['_aff_ref', '_aff_visitor']);
    });

    it('a later code replaces the kept one, and the visitor keeps the key', async () => {
      const { shop, context, page } = await visit('?ref=ANNA');
      const first = await shop.touch(1);
      await page.goto(`${shop.url}?ref=BORIS`);
      const second = await shop.touch(2);
      expect(second.body['visitorKey']).to.equal(first.body['visitorKey']);
      const kept = (await context.cookies()).find(({ name }) => name === '_aff_ref');
      expect(kept?.value).to.equal('BORIS');
    });

    it('a configured alias carries the code as well', async () => {
      const { shop } = await visit('?acc=ANNA', { attributes: 'data-params="ref,aff,acc"' });
      expect((await shop.touch(1)).body).to.include({ code: 'ANNA' });
    });

    it('fetch takes over where the browser refuses the beacon', async () => {
      const { shop, page } = await prepare();
      await page.addInitScript(() => {
        Navigator.prototype.sendBeacon = () => false;
      });
      await page.goto(`${shop.url}?ref=ANNA`);
      const { contentType, body } = await shop.touch(1);
      expect(contentType).to.match(/^text\/plain/);
      expect(body).to.include({ code: 'ANNA' });
    });
  });

  describe('a visitor comes without a valid code', () => {
    for (const query of ['', '?page=2', '?ref=', '?ref=an%20na', '?ref=%3Cscript%3E', '?aff=ANNA']) {
      it(`nothing is asked and nothing stored for "${query}"`, async () => {
        const { context, page, asked, errors } = await visit(query);
        expect(asked).to.deep.equal([]);
        expect(await cookieNames(context)).to.deep.equal([]);
        expect(await storedNames(page)).to.deep.equal([]);
        expect(errors).to.deep.equal([]);
      });
    }

    it('a cookie that the browser cut short is put back, without a second touch', async () => {
      const { shop, context, page, asked } = await visit('?ref=ANNA');
      await shop.touch(1);
      await context.clearCookies();
      await page.goto(shop.url);
      expect(await cookieNames(context)).to.deep.equal(['_aff_ref', '_aff_visitor']);
      expect(asked).to.have.length(1);
    });
  });

  describe('cookies are capped at seven days', () => {
    /** What Safari does to cookies that a script writes; as text, because it runs in the page. */
    const CAP = `
      const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
      window.written = [];
      Object.defineProperty(Document.prototype, 'cookie', {
        get: cookie.get,
        set(text) {
          window.written.push(text);
          cookie.set.call(this, text.replace(/expires=([^;]*)/, (_, moment) => {
            const until = Math.min(Date.parse(moment), Date.now() + ${7 * A_DAY * 1000});
            return 'expires=' + new Date(until).toUTCString();
          }));
        },
      });`;

    async function daysOfCookie(context: BrowserContext): Promise<number | undefined> {
      const cookie = (await context.cookies()).find(({ name }) => name === '_aff_ref');
      return cookie && Math.round((cookie.expires - Date.now() / 1000) / A_DAY);
    }

    it('on day eight the cookie is put back for what is left of the window, without a second touch', async () => {
      const { shop, context, page, asked } = await prepare();
      await page.addInitScript(CAP);
      await page.goto(`${shop.url}?ref=ANNA`);
      await shop.touch(1);
      expect(await daysOfCookie(context)).to.equal(7);

      await context.clearCookies();
      const dayEight = Date.now() + 8 * A_DAY * 1000;
      await page.clock.setFixedTime(dayEight);
      await page.goto(shop.url);
      expect(await cookieNames(context)).to.deep.equal(['_aff_ref', '_aff_visitor']);
      const written = await page.evaluate(() => (window as any).written as string[]);
      const until = /_aff_ref=ANNA;expires=([^;]*)/.exec(written.join('\n'))?.[1] ?? '';
      expect((Date.parse(until) - dayEight) / 1000 / A_DAY).to.be.closeTo(22, 0.01);
      expect(asked).to.have.length(1);
    });

    it('after the window nothing comes back, and the next touch has a new visitor key', async () => {
      const { shop, context, page } = await prepare();
      await page.addInitScript(CAP);
      await page.goto(`${shop.url}?ref=ANNA`);
      const first = await shop.touch(1);

      await context.clearCookies();
      await page.clock.setFixedTime(Date.now() + 31 * A_DAY * 1000);
      await page.goto(shop.url);
      expect(await cookieNames(context)).to.deep.equal([]);
      expect(await storedNames(page)).to.deep.equal([]);

      await page.goto(`${shop.url}?ref=ANNA`);
      const second = await shop.touch(2);
      expect(second.body['visitorKey']).not.to.equal(first.body['visitorKey']);
    });
  });

  describe('a visitor comes over a direct link', () => {
    const fromBlog = { referer: 'https://blog.example/best-teas' };

    it('one touch without a code names the page that led here, and the visitor gets a key', async () => {
      const { shop, context, page } = await prepare({ attributes: 'data-direct' });
      await page.goto(shop.url, fromBlog);
      const { body } = await shop.touch(1);
      expect(body).to.include({ storeKey: 'store_1', consent: true, url: shop.url });
      expect(body['referrer']).to.match(/^https:\/\/blog\.example\//);
      expect(body).not.to.have.property('code');
      expect(await cookieNames(context)).to.deep.equal(['_aff_visitor']);
    });

    it('a code in the address is sent, not left to the referrer', async () => {
      const { shop, page, asked } = await prepare({ attributes: 'data-direct' });
      await page.goto(`${shop.url}?ref=ANNA`, fromBlog);
      expect((await shop.touch(1)).body).to.include({ code: 'ANNA' });
      expect(asked).to.have.length(1);
    });

    it('a page of the shop itself is no direct link', async () => {
      const { shop, context, page, asked } = await prepare({ attributes: 'data-direct' });
      await page.goto(shop.url, { referer: `${shop.url}?page=1` });
      expect(asked).to.deep.equal([]);
      expect(await cookieNames(context)).to.deep.equal([]);
    });

    it('nothing is asked and nothing stored where the tag does not say so', async () => {
      const { shop, context, page, asked } = await prepare();
      await page.goto(shop.url, fromBlog);
      expect(asked).to.deep.equal([]);
      expect(await cookieNames(context)).to.deep.equal([]);
    });

    it('nothing is asked and nothing stored before consent', async () => {
      const { shop, context, page, asked } = await prepare({
        attributes: 'data-direct data-consent="required"',
      });
      await page.goto(shop.url, fromBlog);
      expect(asked).to.deep.equal([]);
      expect(await cookieNames(context)).to.deep.equal([]);
      await consent(page, true);
      expect((await shop.touch(1)).body['referrer']).to.match(/^https:\/\/blog\.example\//);
    });
  });

  describe('the browser asks not to be tracked', () => {
    const signalled = (name: string, value: unknown): string =>
      `Object.defineProperty(Navigator.prototype, '${name}', { get: () => ${JSON.stringify(value)} })`;

    for (const [signal, value] of [
      ['globalPrivacyControl', true],
      ['doNotTrack', '1'],
    ] as const) {
      async function withSignal(attributes: string): Promise<Visit> {
        const visited = await prepare({ attributes });
        await visited.page.addInitScript(signalled(signal, value));
        return visited;
      }

      it(`${signal}: nothing is kept or sent where the tag respects it, whatever a banner says`, async () => {
        const { shop, context, page, asked, errors } = await withSignal('data-privacy-signals="respect"');
        await page.goto(`${shop.url}?ref=ANNA`);
        await consent(page, true);
        expect(asked).to.deep.equal([]);
        expect(await cookieNames(context)).to.deep.equal([]);
        expect(await storedNames(page)).to.deep.equal([]);
        expect(errors).to.deep.equal([]);
      });

      it(`${signal}: the touch arrives where the tag says nothing, because the server decides`, async () => {
        const { shop, page } = await withSignal('');
        await page.goto(`${shop.url}?ref=ANNA`);
        expect((await shop.touch(1)).body).to.include({ code: 'ANNA' });
      });
    }

    it('what was kept before the signal was switched on is deleted', async () => {
      const { shop, context, page } = await visit('?ref=ANNA', {
        attributes: 'data-privacy-signals="respect"',
      });
      await shop.touch(1);
      await page.addInitScript(signalled('globalPrivacyControl', true));
      await page.goto(shop.url);
      expect(await cookieNames(context)).to.deep.equal([]);
      expect(await storedNames(page)).to.deep.equal([]);
    });
  });

  describe('consent is required', () => {
    const attributes = 'data-consent="required"';

    it('nothing is stored and nothing sent before it, and exactly one touch after', async () => {
      const { shop, context, page, asked } = await visit('?ref=ANNA', { attributes });
      expect(await cookieNames(context)).to.deep.equal([]);
      expect(await storedNames(page)).to.deep.equal([]);
      expect(asked).to.deep.equal([]);

      await consent(page, true);
      await consent(page, true);
      expect((await shop.touch(1)).body).to.include({ code: 'ANNA', consent: true });
      expect(await cookieNames(context)).to.deep.equal(['_aff_ref', '_aff_visitor']);
      expect(asked).to.have.length(1);
    });

    it('nothing is stored and nothing sent when it is denied', async () => {
      const { context, page, asked } = await visit('?ref=ANNA', { attributes });
      await consent(page, false);
      expect(await cookieNames(context)).to.deep.equal([]);
      expect(await storedNames(page)).to.deep.equal([]);
      expect(asked).to.deep.equal([]);
    });

    it('what was kept is deleted when it is withdrawn on a later page', async () => {
      const { shop, context, page, asked } = await visit('?ref=ANNA', { attributes });
      await consent(page, true);
      await shop.touch(1);
      await page.goto(shop.url);
      await consent(page, false);
      expect(await cookieNames(context)).to.deep.equal([]);
      expect(await storedNames(page)).to.deep.equal([]);
      expect(asked).to.have.length(1);
    });

    it('a consent that the page gave before the script arrived counts', async () => {
      const { shop, page } = await prepare({ attributes });
      await page.addInitScript(() => {
        const stub = Object.assign(() => {}, { q: [['consent', true]] });
        Object.assign(window, { refledger: stub });
      });
      await page.goto(`${shop.url}?ref=ANNA`);
      expect((await shop.touch(1)).body).to.include({ code: 'ANNA' });
    });
  });

  describe('consent is not required', () => {
    it('a refusal given before the script arrived is respected', async () => {
      const { shop, context, page, asked } = await prepare();
      await page.addInitScript(() => {
        const stub = Object.assign(() => {}, { q: [['consent', false]] });
        Object.assign(window, { refledger: stub });
      });
      await page.goto(`${shop.url}?ref=ANNA`);
      expect(await cookieNames(context)).to.deep.equal([]);
      expect(asked).to.deep.equal([]);
    });

    it('who returns after a refusal is a new visitor', async () => {
      const { shop, page } = await visit('?ref=ANNA');
      const first = await shop.touch(1);
      await consent(page, false);
      await consent(page, true);
      const second = await shop.touch(2);
      expect(second.body['visitorKey']).not.to.equal(first.body['visitorKey']);
    });
  });

  describe('a hostile place', () => {
    it('storage is blocked: the touch arrives, the page works', async () => {
      const { shop, page, errors } = await visit('?ref=ANNA', { policy: 'sandbox allow-scripts' });
      expect((await shop.touch(1)).body).to.include({ code: 'ANNA' });
      const refused = await page.evaluate(() => {
        try {
          return String(localStorage.length);
        } catch (error) {
          return (error as Error).name;
        }
      });
      expect(refused).to.equal('SecurityError');
      expect(await page.title()).to.equal('open');
      expect(errors).to.deep.equal([]);
    });

    it('a strict content security policy is not violated', async () => {
      const policy = "default-src 'none'; img-src data:; script-src 'self' SERVER; connect-src SERVER";
      const { shop, page, errors } = await prepare({ policy });
      const violations: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') violations.push(message.text());
      });
      await page.goto(`${shop.url}?ref=ANNA`);
      expect((await shop.touch(1)).body).to.include({ code: 'ANNA' });
      expect(violations).to.deep.equal([]);
      expect(errors).to.deep.equal([]);
    });

    it('a policy that forbids the connection: nothing arrives, the code is kept, the page works', async () => {
      const policy = "default-src 'self' data:; script-src 'self' SERVER; connect-src 'none'";
      const { shop, context, page, errors } = await visit('?ref=ANNA', { policy });
      expect(await cookieNames(context)).to.deep.equal(['_aff_ref', '_aff_visitor']);
      expect(await page.title()).to.equal('open');
      expect(shop.touches).to.deep.equal([]);
      expect(errors).to.deep.equal([]);
    });

    it('an ad blocker refuses beacon and fetch: no error shows, the page works', async () => {
      const { shop, page, errors } = await prepare();
      await page.addInitScript(() => {
        Navigator.prototype.sendBeacon = () => false;
      });
      await page.route('**/collect/**', (route) => route.abort('blockedbyclient'));
      const refused = page.waitForEvent('requestfailed');
      await page.goto(`${shop.url}?ref=ANNA`);
      expect((await refused).url()).to.contain('/collect/v1/touches');
      expect(await page.title()).to.equal('open');
      expect(shop.touches).to.deep.equal([]);
      expect(errors).to.deep.equal([]);
    });

    it('our server never answers: the page is there all the same', async () => {
      const { shop, page } = await prepare({ snippet: undefined });
      await page.goto(`${shop.url}?ref=ANNA`, { waitUntil: 'domcontentloaded' });
      expect(await page.title()).to.equal('open');
      expect(await page.textContent('h1')).to.equal('Tea');
    });
  });
});
