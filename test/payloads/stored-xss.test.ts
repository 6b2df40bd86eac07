import { expect } from 'chai';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { call, openShop, type Shop } from '../support/a-shop.ts';
import { chromiumAvailable, chromiumPath, describeWhen } from '../support/requires.ts';
import { readPayloads } from './read-payloads.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
];
const CLASSES = [
  ...[
    'attribute-breakout',
    'css',
    'data-url',
    'encodings',
    'event-handler',
    'meta-refresh-and-base',
    'mutation',
  ],
  ...['null-and-control', 'polyglot', 'script-tag', 'script-url', 'svg-and-math', 'template-injection'],
];
const BATCH = 50;
/** Where the browser finds what a test shows it; no name server is asked. */
const PAGES = 'http://shown.example/';
/** How many pages are shown at once. */
const FRAMES = 25;
const payloads = readPayloads('stored-xss');

/** A program that looks at an address before a person opens it gets nothing to see. */
const BROWSER = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0' };

describeWhen(chromiumAvailable(), 'a text that is made to run in a browser', function () {
  this.timeout(120_000);
  let at: TestServer;
  let shop: Shop;
  let links: string[];
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let shown: string[] = [];
  /** What ran, and where the page was led. Empty = nothing happened. */
  const happened: string[] = [];
  before(async () => {
    at = await startServer();
    shop = await openShop(at);
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: FLAGS });
    context = await browser.newContext();
    await context.exposeFunction('fired', () => void happened.push('it ran'));
    await context.route(`${PAGES}**`, (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: answerPage(route.request().url()) }),
    );
    page = await context.newPage();
    page.on('dialog', (dialog) => {
      happened.push('a dialog');
      void dialog.dismiss();
    });
    links = await storeAll();
  });
  after(async () => {
    await browser.close();
    await at.stop();
  });

  const code = (index: number): string => `payload-${index}`;

  /** Each payload as an affiliate's name and a link's title, and with an order of which number and goods say it. */
  async function storeAll(): Promise<string[]> {
    const made: string[] = [];
    for (const [index, { text }] of payloads.entries()) {
      const affiliate = { name: text, email: `${code(index)}@partners.example` };
      const { body } = await shop.api('POST', '/api/v1/affiliates', affiliate);
      const members = `/api/v1/programs/${shop.programId}/memberships`;
      await shop.api('POST', members, { affiliateId: body.id, code: code(index) });
      const link = { programId: shop.programId, affiliateId: body.id, targetUrl: 'https://custom.example/' };
      const titled = await shop.api('POST', '/api/v1/links', { ...link, title: text });
      // A title is one line; a text that is none can only be refused.
      expect(titled.status, JSON.stringify(text)).to.be.oneOf([201, 400]);
      if (titled.status === 201) made.push(titled.body.id);
    }
    at.clock.now = new Date('2026-10-02T10:05:00Z');
    const orders = payloads.map(({ text }, index) => orderSaying(text, index));
    for (let from = 0; from < orders.length; from += BATCH) {
      await shop.sendEvents(orders.slice(from, from + BATCH));
    }
    at.clock.now = new Date('2026-11-02T08:00:00Z');
    await shop.api('POST', '/api/v1/statements', { period: '2026-10' });
    await at.server.idle();
    return made;
  }

  function orderSaying(text: string, index: number): object {
    const order = anOrderEvent({ id: `order-${index}`, number: text.slice(0, 60) });
    const [line] = order.order.lines;
    const referral = { code: code(index), source: 'cookie' };
    return { ...order, order: { ...order.order, referral, lines: [{ ...line, title: text }] } };
  }

  /**
   * Shows pages side by side, without the policies that the server's pages come with, touches everything on
   * them, and tells what happened.
   */
  async function show(pages: string[]): Promise<string[]> {
    happened.length = 0;
    for (let from = 0; from < pages.length; from += FRAMES) {
      shown = pages.slice(from, from + FRAMES);
      await page.goto(`${PAGES}all`);
      for (const frame of page.frames()) await frame.evaluate(touchAll).catch(() => undefined);
      const addresses = page.frames().map((frame) => frame.url());
      const led = addresses.filter((url) => !url.startsWith(PAGES) && url !== 'about:srcdoc');
      happened.push(...led.map((url) => `it led to ${url}`));
      if (addresses.length <= shown.length) happened.push('a page went away');
    }
    return [...happened];
  }

  const touchAll = (): Promise<void> => {
    for (const element of document.querySelectorAll('*')) {
      for (const kind of ['mouseover', 'focus', 'toggle', 'animationstart', 'begin']) {
        element.dispatchEvent(new Event(kind));
      }
    }
    return new Promise((resolve) => setTimeout(resolve, 0));
  };

  /** `all` frames the others, which are numbered. */
  function answerPage(url: string): string {
    const name = url.slice(PAGES.length);
    if (name !== 'all') return shown[parseInt(name, 10)] ?? '';
    return shown.map((_html, index) => `<iframe src="${PAGES}${index}"></iframe>`).join('');
  }

  it(`is known in ${payloads.length} forms, of every class`, () => {
    expect(payloads.length).to.be.at.least(100);
    expect([...new Set(payloads.map(({ attack }) => attack))]).to.deep.equal(CLASSES);
    expect(new Set(payloads.map(({ text }) => text)).size).to.equal(payloads.length);
  });

  it('would run on a page that does not escape it: this suite sees it', async () => {
    const pages = payloads.map(({ text }) => `<!doctype html><p>${text}</p>`);
    expect((await show(pages)).filter((each) => each === 'it ran').length).to.be.greaterThan(40);
  });

  it('does not run in a mail of a commission or a statement', async () => {
    const folder = join(at.server.dataDir, 'mail');
    const names = await readdir(folder);
    // One mail of each order, and one of each month.
    expect(names.length).to.equal(2 * payloads.length);
    const pages: string[] = [];
    for (const name of names) {
      const { html = '', subject } = await PostalMime.parse(await readFile(join(folder, name)));
      expect(html, subject).to.match(/<html/);
      pages.push(html);
    }
    expect(await show(pages)).to.deep.equal([]);
  });

  it('does not run in the QR code of a link, which holds a picture and nothing else', async () => {
    expect(links.length).to.be.greaterThan(payloads.length * 0.9);
    const pictures: string[] = [];
    for (const id of links) {
      const { status, headers, body } = await shop.api('GET', `/api/v1/links/${id}/qr.svg`);
      const types = [headers.get('content-type'), headers.get('x-content-type-options')];
      expect([status, ...types]).to.deep.equal([200, 'image/svg+xml; charset=utf-8', 'nosniff']);
      pictures.push(body as string);
      const elements = await page.evaluate((svg) => {
        const picture = new DOMParser().parseFromString(svg, 'image/svg+xml');
        return [...picture.querySelectorAll('*')].map(({ tagName }) => tagName);
      }, body as string);
      expect(elements, body).to.deep.equal(['svg', 'title', 'path', 'path']);
    }
    expect(await show(pictures.map((svg) => `<!doctype html><body>${svg}`))).to.deep.equal([]);
  });

  it('comes back as JSON that no browser takes for a page', async () => {
    for (const kind of [
      'affiliates',
      'links',
      'programs',
      'orders',
      'commissions',
      'statements',
      'direct-links',
    ]) {
      const { status, headers } = await shop.api('GET', `/api/v1/${kind}?limit=200`);
      const types = [headers.get('content-type'), headers.get('x-content-type-options')];
      expect([status, ...types], kind).to.deep.equal([200, 'application/json; charset=utf-8', 'nosniff']);
    }
  });

  it('is not on the page of an address that nobody made, nor in another answer but JSON', async () => {
    const ordinary = await call(at, 'GET', '/setup/nobody');
    for (const { text } of payloads) {
      const name = encodeURIComponent(text);
      for (const kind of ['r', 'd', 't']) {
        const { headers } = await call(at, 'GET', `/${kind}/${name}`, undefined, BROWSER);
        const types = [headers.get('content-type'), headers.get('x-content-type-options')];
        expect(types, kind).to.deep.equal(['application/json; charset=utf-8', 'nosniff']);
      }
      const page = await call(at, 'GET', `/setup/${name}`);
      expect([page.status, page.body]).to.deep.equal([ordinary.status, ordinary.body]);
    }
  });

  it('does not run in the answer of a referrer test, which is text', async () => {
    const { body } = await shop.api('POST', '/api/v1/direct-links', {
      programId: shop.programId,
      affiliateId: shop.affiliates.anna,
      site: 'blog.example',
    });
    for (const { text } of payloads) {
      const test = await shop.api('POST', `/api/v1/direct-links/${body.id}/test`);
      const referer = `https://blog.example/${encodeURI(text)}`;
      const { headers } = await call(at, 'GET', test.body.path, undefined, { ...BROWSER, referer });
      const types = [headers.get('content-type'), headers.get('x-content-type-options')];
      expect(types).to.deep.equal(['text/plain; charset=utf-8', 'nosniff']);
    }
  });

  it('is refused as a slug, as a sub-id and as a site', async () => {
    const taking = { programId: shop.programId, affiliateId: shop.affiliates.anna };
    const link = { ...taking, targetUrl: 'https://custom.example/' };
    for (const { text } of payloads) {
      for (const given of [{ slug: text }, { subId: text }]) {
        const { status } = await shop.api('POST', '/api/v1/links', { ...link, ...given });
        expect(status, JSON.stringify(given)).to.equal(400);
      }
      const { status } = await shop.api('POST', '/api/v1/direct-links', { ...taking, site: text });
      expect(status, text).to.equal(400);
    }
  });
});
