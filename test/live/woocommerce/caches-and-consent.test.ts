import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { chromiumAvailable, describeOn, phpAvailable } from '../../support/requires.ts';
import { folderNamed, foldersAvailable } from './a-wordpress.ts';
import { addToCart, buyByBlocks, buyClassic, follow } from './buy.ts';
import { openLiveShop, type LiveShop } from './open-live-shop.ts';

const needed = [
  phpAvailable(),
  chromiumAvailable(),
  foldersAvailable(),
  folderNamed('CONSENT_API_DIR', 'the plugin WP Consent API'),
];
const available = needed.find((reason) => reason !== true) ?? true;

const MINUTES = 60_000;
const KEPT = ['_aff_ref', '_aff_visitor', '_aff_landed'];

describeOn(available, 'caches and consent in a real WooCommerce shop', function () {
  this.timeout(10 * MINUTES);
  let shop: LiveShop;

  before(async () => {
    shop = await openLiveShop({ plugins: { 'wp-consent-api': process.env['CONSENT_API_DIR'] ?? '' } });
    await control('deactivate', { plugin: 'wp-consent-api/wp-consent-api.php' });
    await control('page', { id: shop.wordpress.pages.classic });
  });
  after(async () => shop?.stop());

  const control = (command: string, given: Record<string, unknown> = {}): Promise<any> =>
    shop.wordpress.control(command, given);

  const keptBy = async (visitor: BrowserContext): Promise<string[]> =>
    (await visitor.cookies()).map(({ name }) => name).filter((name) => KEPT.includes(name));

  describe('a cache keeps whole pages, and takes no notice of what stands behind the question mark', () => {
    before(() => control('option', { name: 'live_page_cache', value: 'yes' }));
    after(() => control('option', { name: 'live_page_cache', value: 'no' }));

    /** Opens the shop, which comes from the cache; resolves with what was posted for the purchase that follows. */
    async function buyAfter(code: string | undefined, fromCache: boolean): Promise<[string, number][]> {
      const visitor = await shop.newVisitor();
      const page = await visitor.newPage();
      const url = `${shop.wordpress.url}/${code ? `?ref=${code}` : ''}`;
      const kept = code ? page.waitForResponse((answer) => answer.url().includes('/v1/visit')) : undefined;
      const told = code ? page.waitForResponse((answer) => answer.url().includes('/touches')) : undefined;
      const answer = await page.goto(url);
      await Promise.all([kept, told]);
      expect(answer?.headers()['x-live-cache']).to.equal(fromCache ? 'hit' : undefined);
      expect(answer?.headers()).to.not.have.property('set-cookie');
      await addToCart(page, shop.wordpress);
      const id = await buyClassic(page, shop.wordpress, `${code ?? 'nobody'}@example.test`);
      await shop.send();
      return shop.postingsOf(id);
    }

    it('the same cached page credits Anna, Ben, and nobody, each as their link says', async () => {
      expect(await buyAfter('anna', false)).to.deep.equal([['anna', 400]]);
      expect(await buyAfter('ben', true)).to.deep.equal([['ben', 400]]);
      expect(await buyAfter(undefined, true)).to.deep.equal([]);
    });
  });

  for (const [blocked, source, pattern] of [
    ['the server’s script', 'cookie', /snippet\.js/],
    ['the shop’s script', 'cookie', /storefront\.js/],
    ['both of our scripts', 'landing page', /snippet\.js|storefront\.js/],
  ] as const) {
    describe(`an ad blocker stops ${blocked}`, () => {
      it('the visit counts all the same', async () => {
        const visitor = await shop.newVisitor();
        await visitor.route(pattern, (route) => route.abort());
        const page = await visitor.newPage();
        let id = 0;
        const earned = await shop.earnedBy(async () => {
          await page.goto(`${shop.wordpress.url}/?ref=anna`, { waitUntil: 'networkidle' });
          await addToCart(page, shop.wordpress);
          id = await buyClassic(page, shop.wordpress, 'blocker@example.test');
        });
        expect(earned).to.equal(400);
        const { ref, evidence } = await control('show', { id });
        expect(ref === '' ? 'landing page' : evidence.source).to.equal(source);
      });
    });
  }

  describe('the shop’s own banner asks, and no consent plugin is active', () => {
    before(() => control('settings', { consent: 'required' }));
    after(() => control('settings', { consent: 'granted' }));

    const answer = (page: Page, granted: boolean): Promise<void> =>
      page.evaluate((detail) => {
        document.dispatchEvent(new CustomEvent('refledger_consent', { detail }));
      }, granted);

    it('keeps nothing before the visitor agreed, the code after it, and nothing after it was taken back', async () => {
      const visitor = await shop.newVisitor();
      const page = await visitor.newPage();
      await page.goto(`${shop.wordpress.url}/?ref=anna`, { waitUntil: 'networkidle' });
      expect(await keptBy(visitor)).to.deep.equal([]);
      const kept = page.waitForResponse((response) => response.url().includes('/v1/visit'));
      await answer(page, true);
      await kept;
      expect(await keptBy(visitor)).to.include.members(['_aff_ref', '_aff_landed']);
      const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');
      await answer(page, false);
      await deleted;
      expect(await keptBy(visitor)).to.deep.equal([]);
    });
  });

  describe('a banner speaks through the WP Consent API', () => {
    before(() => control('activate', { plugin: 'wp-consent-api/wp-consent-api.php' }));

    const choose = (page: Page, value: 'allow' | 'deny'): Promise<void> =>
      page.evaluate((choice) => (window as any).wp_set_consent('marketing', choice), value);

    it('says that it follows the API', async () => {
      expect(await control('consent')).to.deep.equal({ registered: true, cookies: [...KEPT].sort() });
    });

    it('not asked yet: nothing is kept or told, nobody is credited', async () => {
      const visitor = await shop.newVisitor();
      const page = await visitor.newPage();
      const asked: string[] = [];
      page.on('request', (request) => void asked.push(request.url()));
      const earned = await shop.earnedBy(async () => {
        await page.goto(`${shop.wordpress.url}/?ref=anna`, { waitUntil: 'networkidle' });
        expect(await keptBy(visitor)).to.deep.equal([]);
        await addToCart(page, shop.wordpress);
        await buyClassic(page, shop.wordpress, 'silent@example.test');
      });
      expect(asked.filter((url) => /touches|v1\/visit/.test(url))).to.deep.equal([]);
      expect(earned).to.equal(0);
    });

    it('a coupon that the buyer types needs no consent: 10 % of 18.00 EUR is 1.80 EUR', async () => {
      await control('page', { id: shop.wordpress.pages.blocks });
      const page = await (await shop.newVisitor()).newPage();
      const earned = await shop.earnedBy(async () => {
        await addToCart(page, shop.wordpress);
        await buyByBlocks(page, shop.wordpress, 'typed@example.test', 'anna10');
      });
      await control('page', { id: shop.wordpress.pages.classic });
      expect(earned).to.equal(180);
    });

    it('agreed: the link counts; agreed beforehand: also', async () => {
      const visitor = await shop.newVisitor();
      const page = await visitor.newPage();
      await page.goto(`${shop.wordpress.url}/?ref=anna`, { waitUntil: 'networkidle' });
      const kept = page.waitForResponse((response) => response.url().includes('/v1/visit'));
      const told = page.waitForResponse((response) => response.url().includes('/touches'));
      await choose(page, 'allow');
      await Promise.all([kept, told]);
      const buy = async (): Promise<void> => {
        await addToCart(page, shop.wordpress);
        await buyClassic(page, shop.wordpress, 'agreed@example.test');
      };
      expect(await shop.earnedBy(buy)).to.equal(400);
      await follow(visitor, `${shop.wordpress.url}/?ref=anna`);
    });

    it('taken back: the cookies go, and with them the credit, also what the cart had kept', async () => {
      const visitor = await shop.newVisitor();
      const page = await visitor.newPage();
      await page.goto(`${shop.wordpress.url}/?ref=anna`, { waitUntil: 'networkidle' });
      const kept = page.waitForResponse((response) => response.url().includes('/v1/visit'));
      await choose(page, 'allow');
      await kept;
      await addToCart(page, shop.wordpress);
      const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');
      await choose(page, 'deny');
      await deleted;
      expect(await keptBy(visitor)).to.deep.equal([]);
      const earned = await shop.earnedBy(() => buyClassic(page, shop.wordpress, 'withdrawn@example.test'));
      expect(earned).to.equal(0);
    });
  });
});
