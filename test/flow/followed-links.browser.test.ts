import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startServer, type TestServer } from '../support/a-server.ts';
import { openShop, type Shop } from '../support/a-shop.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { chromiumAvailable, chromiumPath, describeWhen } from '../support/requires.ts';
import { changeSettings, readDecisions } from './attribution/read-decisions.ts';

const DEALS = 'http://www.deals.example/page';

describeWhen(chromiumAvailable(), 'S3 a buyer whose browser follows a short link to the shop', () => {
  let at: TestServer;
  let shop: Shop;
  let browser: Browser;
  let storefront: Server;
  let page: Page;
  let linkUrl: string;

  before(async function () {
    this.timeout(30_000);
    at = await startServer();
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser.close();
    await at.stop();
  });
  beforeEach(async () => {
    at.clock.now = new Date('2026-10-02T09:00:00Z');
    shop = await openShop(at);
    let tag = '';
    storefront = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end(`<!doctype html>${tag}<h1>Tea</h1>`);
    });
    await new Promise<void>((resolve) => storefront.listen(0, '127.0.0.1', resolve));
    const domain = `http://127.0.0.1:${(storefront.address() as AddressInfo).port}`;
    const { body } = await shop.api('POST', '/api/v1/stores', { platform: 'custom', domain });
    tag = `<link rel="icon" href="data:,"><script async src="${at.url}/snippet.js?store=${body.store.storeKey}"></script>`;
    const { programId, affiliates } = shop;
    const link = { programId, affiliateId: affiliates.anna, targetUrl: `${domain}/tea?size=L` };
    linkUrl = at.url + (await shop.api('POST', '/api/v1/links', link)).body.path;
    page = await (await browser.newContext()).newPage();
    await page.route(`${DEALS}*`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<a href="${linkUrl}">Tea</a>` }),
    );
  });
  afterEach(async () => {
    await page.context().close();
    storefront.closeAllConnections();
    await new Promise((resolve) => storefront.close(resolve));
  });

  /** Lets the browser do something, and waits until the shop's page has told of the visit. */
  async function land(act: () => Promise<unknown>): Promise<void> {
    const told = page.waitForEvent('requestfinished', (request) => request.url().includes('/collect/'));
    await act();
    await told;
  }

  /** The decision on what this browser then buys. */
  async function buy(): Promise<any> {
    const cookies = await page.context().cookies();
    const visitorKey = cookies.find(({ name }) => name === '_aff_visitor')?.value;
    at.clock.now = new Date('2026-10-02T10:05:00Z');
    await shop.sendEvents([anOrderEvent({ referral: { visitorKey, source: 'cookie' } })]);
    return (await readDecisions(shop, '1001')).at(-1);
  }

  const fromDeals = async (): Promise<void> => {
    await page.goto(DEALS);
    await land(() => page.click('a'));
  };

  it('is credited to the affiliate of the link', async () => {
    await fromDeals();
    expect((await buy()).winner.affiliateName).to.equal('Anna');
  });

  it('is credited to nobody where the page with the link is blocked', async () => {
    await changeSettings(shop, { blockedSources: { referrerHosts: ['deals.example'] } });
    await fromDeals();
    const { winner, losers } = await buy();
    expect([winner, losers[0]?.reason]).to.deep.equal([
      null,
      'its source is blocked: came from deals.example, which the programme blocks',
    ]);
  });

  for (const parameter of ['gclid', 'fbclid', 'msclkid']) {
    it(`is credited to nobody where paid ads are blocked and one leads to the link, by ${parameter}`, async () => {
      await changeSettings(shop, { blockedSources: { paidAds: 'refuse' } });
      await land(() => page.goto(`${linkUrl}?${parameter}=x1`));
      const { winner, losers } = await buy();
      expect([winner, losers[0]?.reason]).to.deep.equal([
        null,
        `its source is blocked: a paid ad (${parameter})`,
      ]);
    });
  }
});
