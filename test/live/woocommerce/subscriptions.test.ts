import { expect } from 'chai';
import { chromiumAvailable, describeOn, phpAvailable } from '../../support/requires.ts';
import { folderNamed, foldersAvailable } from './a-wordpress.ts';
import { addToCart, follow, placeClassic, received } from './buy.ts';
import { openLiveShop, type LiveShop } from './open-live-shop.ts';

const needed = [
  phpAvailable(),
  chromiumAvailable(),
  foldersAvailable(),
  folderNamed('SUBSCRIPTIONS_DIR', 'WooCommerce Subscriptions Core'),
];
const available = needed.find((reason) => reason !== true) ?? true;

const MINUTES = 60_000;

describeOn(available, 'WooCommerce Subscriptions in a real shop', function () {
  this.timeout(10 * MINUTES);
  let shop: LiveShop;
  let id = 0;

  before(async () => {
    const folder = process.env['SUBSCRIPTIONS_DIR'] ?? '';
    shop = await openLiveShop({ plugins: { 'woocommerce-subscriptions-core': folder } });
    await control('page', { id: shop.wordpress.pages.classic });
  });
  after(async () => shop?.stop());

  const control = (command: string, given: Record<string, unknown> = {}): Promise<any> =>
    shop.wordpress.control(command, given);

  it('who subscribes after following a link is credited once, for the order and not for the subscription', async () => {
    const product = await control('monthly');
    const earned = await shop.earnedBy(async () => {
      const page = await follow(await shop.newVisitor(), `${shop.wordpress.url}/?ref=anna`);
      await addToCart(page, { ...shop.wordpress, product });
      await placeClassic(page, shop.wordpress, 'subscriber@example.test', 'bank');
      await page.waitForURL(/live_bank=\d+/);
      await page.click('#pay');
      id = await received(page);
    });
    expect(earned).to.equal(400);
  });

  for (const month of ['first', 'second']) {
    it(`the ${month} renewal is credited without a browser, and says nothing of the first order’s`, async () => {
      let made = { subscription: 0, renewal: 0 };
      const earned = await shop.earnedBy(async () => {
        made = await control('renew', { id });
      });
      expect(earned).to.equal(400);
      const first = await control('show', { id });
      for (const copy of [made.subscription, made.renewal]) {
        const { ref, evidence } = await control('show', { id: copy });
        expect(ref).to.equal('anna');
        expect(evidence).to.include({ landedAt: first.evidence.landedAt });
        expect(evidence).to.not.have.any.keys('visitor', 'checkoutStartedAt');
      }
    });
  }
});
