import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { chromiumAvailable, describeOn, phpAvailable } from '../../support/requires.ts';
import { foldersAvailable } from './a-wordpress.ts';
import { addToCart, buyClassic, follow, placeClassic, received, signInAsOwner } from './buy.ts';
import { openLiveShop, type LiveShop } from './open-live-shop.ts';

const needed = [phpAvailable(), chromiumAvailable(), foldersAvailable()];
const available = needed.find((reason) => reason !== true) ?? true;

const MINUTES = 60_000;

describeOn(available, 'ways to pay in a real WooCommerce shop', function () {
  this.timeout(10 * MINUTES);
  let shop: LiveShop;

  before(async () => {
    shop = await openLiveShop();
    await control('page', { id: shop.wordpress.pages.classic });
  });
  after(async () => shop?.stop());

  const control = (command: string, given: Record<string, unknown> = {}): Promise<any> =>
    shop.wordpress.control(command, given);

  const followAnna = async (): Promise<Page> =>
    follow(await shop.newVisitor(), `${shop.wordpress.url}/?ref=anna`);

  describe('the buyer is sent to a bank and back', () => {
    /** Up to the bank's page; resolves with the number of the order. */
    async function goToBank(page: Page, email: string): Promise<number> {
      await placeClassic(page, shop.wordpress, email, 'bank');
      await page.waitForURL(/live_bank=\d+/);
      return parseInt(/live_bank=(\d+)/.exec(page.url())?.[1] ?? '', 10);
    }

    it('declined, tried again, paid, told again by the bank: one commission of 4.00 EUR', async () => {
      const page = await followAnna();
      await addToCart(page, shop.wordpress);
      let id = 0;
      const earned = await shop.earnedBy(async () => {
        id = await goToBank(page, 'retry@example.test');
        await page.click('#decline');
        await page.waitForURL(/order-pay/);
        await shop.send();
        await page.locator('label[for=payment_method_bank]').click();
        await page.click('#place_order');
        await page.waitForURL(/live_bank=\d+/);
        await page.click('#pay');
        expect(await received(page)).to.equal(id);
        await control('notify', { id });
      });
      expect(earned).to.equal(400);
      expect(await shop.postingsOf(id)).to.deep.equal([['anna', 400]]);
    });

    it('back from the thank-you page and through it again: still one commission', async () => {
      const page = await followAnna();
      await addToCart(page, shop.wordpress);
      const earned = await shop.earnedBy(async () => {
        const id = await goToBank(page, 'back@example.test');
        await page.click('#pay');
        await received(page);
        await shop.send();
        await page.goBack();
        await page.goto(`${shop.wordpress.url}/?live_bank=${id}&answer=paid`);
        await page.reload();
      });
      expect(earned).to.equal(400);
    });

    it('filled the cart up meanwhile: what was paid counts, 20 % of 40.00 EUR is 8.00 EUR', async () => {
      const page = await followAnna();
      await addToCart(page, shop.wordpress);
      const ids: number[] = [];
      const earned = await shop.earnedBy(async () => {
        ids.push(await goToBank(page, 'changed@example.test'));
        await shop.send();
        await addToCart(page, shop.wordpress);
        ids.push(await goToBank(page, 'changed@example.test'));
        await page.click('#pay');
        await received(page);
        await shop.send();
        // WooCommerce makes a second order, and cancels the first when it was not paid for long enough.
        await control('status', { id: ids[0], status: 'cancelled' });
      });
      expect(earned).to.equal(800);
      expect(await shop.postingsOf(ids[0] ?? 0)).to.have.deep.members([
        ['anna', 400],
        ['anna', -400],
      ]);
      expect(await shop.postingsOf(ids[1] ?? 0)).to.deep.equal([['anna', 800]]);
    });
  });

  it('an express button makes the order by itself: credited once, also after its notification', async () => {
    const page = await followAnna();
    await addToCart(page, shop.wordpress);
    let id = 0;
    const earned = await shop.earnedBy(async () => {
      await page.goto(`${shop.wordpress.url}/?live_express=1`);
      id = await received(page);
      await shop.send();
      await control('notify', { id });
    });
    expect(earned).to.equal(400);
    const { ref, evidence, via } = await control('show', { id });
    expect([ref, evidence.source, via]).to.deep.equal(['anna', 'cookie', 'express']);
  });

  it('a bill that staff made is credited when a visitor who came by the link pays it', async () => {
    const { product } = shop.wordpress;
    let bill = { id: 0, pay: '' };
    const earned = await shop.earnedBy(async () => {
      bill = await control('bill', { product });
      const page = await followAnna();
      await page.goto(bill.pay);
      await page.locator('label[for=payment_method_cod]').click();
      await page.click('#place_order');
      await received(page);
    });
    expect(earned).to.equal(400);
    expect((await control('show', { id: bill.id })).evidence.source).to.equal('order-pay');
  });

  it('orders that staff make in the admin area never get the code of their own browser', async () => {
    const visitor = await shop.newVisitor();
    await follow(visitor, `${shop.wordpress.url}/?ref=anna`);
    const page = await signInAsOwner(visitor, shop.wordpress);
    const ids: number[] = [];
    const earned = await shop.earnedBy(async () => {
      ids.push(await makeInAdmin(page), await makeByRest(page));
    });
    expect(earned).to.equal(0);
    for (const id of ids) {
      const { ref, evidence, status, total } = await control('show', { id });
      expect({ ref, evidence, status, total }).to.deep.equal({
        ref: '',
        evidence: null,
        status: 'processing',
        total: '20.00',
      });
    }
  });

  /** On the page for a new order: one Tea, status Processing, save. */
  async function makeInAdmin(page: Page): Promise<number> {
    await page.goto(`${shop.wordpress.url}/wp-admin/admin.php?page=wc-orders&action=new`);
    await page.evaluate(async (product) => {
      const { woocommerce_admin_meta_boxes: known, ajaxurl } = window as any;
      const form = new URLSearchParams({
        action: 'woocommerce_add_order_item',
        order_id: known.post_id,
        security: known.order_item_nonce,
        'data[0][id]': String(product),
        'data[0][qty]': '1',
      });
      await fetch(ajaxurl, { method: 'POST', body: form });
    }, shop.wordpress.product);
    await page.selectOption('#order_status', 'wc-processing', { force: true });
    await page.click('.save_order');
    await page.waitForURL(/action=edit/);
    return parseInt(/[?&]id=(\d+)/.exec(page.url())?.[1] ?? '', 10);
  }

  /** As the shop's own apps do it, signed in by the browser's cookies. */
  async function makeByRest(page: Page): Promise<number> {
    const product = shop.wordpress.product;
    return page.evaluate(async (product_id) => {
      const nonce = await (await fetch('/wp-admin/admin-ajax.php?action=rest-nonce')).text();
      const answer = await fetch('/wp-json/wc/v3/orders', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-wp-nonce': nonce },
        body: JSON.stringify({
          set_paid: true,
          payment_method: 'bank',
          line_items: [{ product_id, quantity: 1 }],
        }),
      });
      return ((await answer.json()) as { id: number }).id;
    }, product);
  }

  it('a coupon that is nobody’s does not take the link away: 20 % of 15.00 EUR is 3.00 EUR', async () => {
    await control('coupon', { code: 'spring25', percent: 25 });
    const page = await followAnna();
    const earned = await shop.earnedBy(async () => {
      await addToCart(page, shop.wordpress);
      await page.goto(`${shop.wordpress.url}/cart/`);
      await page.evaluate(async () => {
        const { headers } = await fetch('/wp-json/wc/store/v1/cart');
        await fetch('/wp-json/wc/store/v1/cart/apply-coupon', {
          method: 'POST',
          headers: { 'content-type': 'application/json', nonce: headers.get('nonce') ?? '' },
          body: JSON.stringify({ code: 'spring25' }),
        });
      });
      await buyClassic(page, shop.wordpress, 'foreign@example.test');
    });
    expect(earned).to.equal(300);
  });
});
