import { join } from 'node:path';
import { expect } from 'chai';
import { chromiumAvailable, describeOn, phpAvailable } from '../../support/requires.ts';
import { foldersAvailable } from './a-wordpress.ts';
import { addToCart, buyByBlocks, buyClassic } from './buy.ts';
import { openLiveShop, type LiveShop } from './open-live-shop.ts';

const needed = [phpAvailable(), chromiumAvailable(), foldersAvailable()];
const available = needed.find((reason) => reason !== true) ?? true;

const MINUTES = 60_000;
const IMAGES = join(import.meta.dirname, '../../../docs/guides/images');
const INVITATION = '.refledger-invitation';

describeOn(available, 'what customers and affiliates see in a real WooCommerce shop', function () {
  this.timeout(10 * MINUTES);
  let shop: LiveShop;

  before(async () => {
    shop = await openLiveShop();
  });
  after(async () => shop?.stop());

  const control = (command: string, given: Record<string, unknown> = {}): Promise<any> =>
    shop.wordpress.control(command, given);

  describe('a short link on the shop’s own domain', () => {
    before(async () => {
      const { affiliates, programId, api } = shop.merchant;
      const link = {
        kind: 'short',
        affiliateId: affiliates.anna,
        programId,
        slug: 'anna-tea',
        targetUrl: `${shop.wordpress.url}/cart/`,
      };
      const { status, body } = await api('POST', '/api/v1/links', link);
      expect(status, JSON.stringify(body)).to.equal(201);
    });

    const follow = (path: string): Promise<Response> =>
      fetch(shop.wordpress.url + path, { redirect: 'manual' });

    it('leads to the server with its sub-id, and no cache may keep it', async () => {
      const answer = await follow('/go/anna-tea?sub=news&x=1');
      expect(answer.status).to.equal(302);
      expect(answer.headers.get('location')).to.equal(`${shop.line.url}/r/anna-tea?sub=news&x=1`);
      expect(answer.headers.get('cache-control')).to.contain('no-store');
    });

    it('works with plain addresses too', async () => {
      const answer = await follow('/?refledger_link=anna-tea');
      expect(answer.headers.get('location')).to.equal(`${shop.line.url}/r/anna-tea`);
    });

    for (const path of ['/go/..%2f..%2fevil', '/go/@evil.example', '/?refledger_link=//evil.example']) {
      it(`leads nowhere else: ${path}`, async () => {
        const location = (await follow(path)).headers.get('location') ?? '';
        expect(location).to.satisfy((to: string) => to === '' || to.startsWith(shop.wordpress.url));
      });
    }

    it('brings a buyer whose purchase is credited: 20 % of 20.00 EUR is 4.00 EUR', async () => {
      const earned = await shop.earnedBy(async () => {
        const page = await (await shop.newVisitor()).newPage();
        await page.goto(`${shop.wordpress.url}/go/anna-tea`, { waitUntil: 'networkidle' });
        expect(page.url()).to.contain('/cart/');
        await addToCart(page, shop.wordpress);
        await buyByBlocks(page, shop.wordpress, 'short@example.test');
      });
      expect(earned).to.equal(400);
    });
  });

  it('nothing of the invitation and of the tab is there until the shop switches it on', async () => {
    const page = await (await shop.newVisitor()).newPage();
    await addToCart(page, shop.wordpress);
    const id = await buyByBlocks(page, shop.wordpress, 'off@example.test');
    expect(await page.locator(INVITATION).count()).to.equal(0);
    expect((await control('complete', { id })).join('\n')).to.not.contain('Become an affiliate');
  });

  describe('switched on', () => {
    before(() =>
      control('settings', { account_tab: 'yes', invitation: 'yes', portal: 'https://partners.example' }),
    );

    it('the page of thanks invites, in the block checkout and in the classic one', async () => {
      const page = await (await shop.newVisitor()).newPage();
      await addToCart(page, shop.wordpress);
      const id = await buyByBlocks(page, shop.wordpress, 'invited@example.test');
      expect(await page.locator(INVITATION).count()).to.equal(1);
      expect(await page.locator(`${INVITATION} a`).getAttribute('href')).to.contain('partners.example');
      if (process.env['SCREENSHOTS'] === '1') {
        await page.locator(INVITATION).screenshot({ path: join(IMAGES, 'woocommerce-invitation.png') });
      }
      await control('page', { id: shop.wordpress.pages.classic });
      await addToCart(page, shop.wordpress);
      await buyClassic(page, shop.wordpress, 'invited@example.test');
      await control('page', { id: shop.wordpress.pages.blocks });
      expect(await page.locator(INVITATION).count()).to.equal(1);
      expect((await control('complete', { id })).join('\n')).to.contain('Become an affiliate');
    });

    it('My account has a tab that leads to the affiliate area', async () => {
      await control('customer', { name: 'berta', password: 'berta' });
      const page = await (await shop.newVisitor()).newPage();
      await page.request.post(`${shop.wordpress.url}/wp-login.php`, { form: { log: 'berta', pwd: 'berta' } });
      await page.goto(`${shop.wordpress.url}/my-account/`);
      const tab = page.getByRole('link', { name: 'Affiliate area' });
      expect(await tab.getAttribute('href')).to.contain('partners.example');
    });
  });
});
