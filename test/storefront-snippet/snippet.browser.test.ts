import { expect } from 'chai';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { buildSnippet } from '../../storefront-snippet/build.ts';
import { chromiumAvailable, chromiumPath, describeWhen } from '../support/requires.ts';
import { openShop, type Shop, type ShopOptions } from './open-shop.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Visit {
  shop: Shop;
  context: BrowserContext;
  page: Page;
  /** Addresses under /collect/ that the browser asked for, whether or not they arrived. */
  asked: string[];
  /** Uncaught errors and refusals that the page showed. */
  errors: string[];
}

describeWhen(chromiumAvailable(), 'the snippet on a shop page in Chromium', () => {
  let browser: Browser;
  let snippet: string;
  const opened: { shop: Shop; context: BrowserContext }[] = [];

  before(async function () {
    this.timeout(30_000);
    snippet = (await buildSnippet()).code;
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: FLAGS });
  });

  afterEach(async () => {
    for (const { shop, context } of opened.splice(0)) {
      await context.close();
      await shop.close();
    }
  });

  after(async () => {
    await browser.close();
  });

  /** Opens a shop in a fresh browser profile, without going there yet. */
  async function prepare(options: Partial<ShopOptions> = {}): Promise<Visit> {
    const shop = await openShop({ snippet, ...options });
    const context = await browser.newContext();
    opened.push({ shop, context });
    const page = await context.newPage();
    const asked: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/collect/')) asked.push(request.url());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    return { shop, context, page, asked, errors };
  }

  /** Goes to the shop's page and waits until the snippet ran. */
  async function visit(query: string, options: Partial<ShopOptions> = {}): Promise<Visit> {
    const visited = await prepare(options);
    await visited.page.goto(`${visited.shop.url}${query}`);
    return visited;
  }

  async function cookieNames(context: BrowserContext): Promise<string[]> {
    return (await context.cookies()).map(({ name }) => name).sort();
  }

  function storedNames(page: Page): Promise<string[]> {
    return page.evaluate(() => Object.keys(localStorage).sort());
  }

  function consent(page: Page, granted: boolean): Promise<void> {
    return page.evaluate((value) => {
      const host = window as unknown as { refledger(command: string, value: boolean): void };
      host.refledger('consent', value);
    }, granted);
  }

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
