import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { chromiumAvailable, describeOn, phpAvailable } from '../../support/requires.ts';
import { foldersAvailable, type RequestCost } from './a-wordpress.ts';
import { addToCart, buyByBlocks, buyClassic, buyHeadless, follow, signInAsOwner } from './buy.ts';
import { openLiveShop, type LiveShop } from './open-live-shop.ts';

const needed = [phpAvailable(), chromiumAvailable(), foldersAvailable()];
const available = needed.find((reason) => reason !== true) ?? true;

const MINUTES = 60_000;
const PURCHASES = 30;

describeOn(available, 'a real WooCommerce shop with the plugin', function () {
  this.timeout(10 * MINUTES);
  let shop: LiveShop;

  before(async () => {
    shop = await openLiveShop();
    console.log(`      ${JSON.stringify(shop.wordpress.versions)}`);
  });
  after(async () => shop?.stop());

  const control = (command: string, given: Record<string, unknown> = {}): Promise<any> =>
    shop.wordpress.control(command, given);

  const earnedBy: LiveShop['earnedBy'] = (act, currency) => shop.earnedBy(act, currency);

  it('is declared to work with the order tables and with the block checkout', async () => {
    expect(await control('compatible')).to.deep.equal({ hpos: true, blocks: true });
  });

  describe('a visitor follows the link of Anna', () => {
    it('and buys in the classic checkout: 20 % of 20.00 EUR is 4.00 EUR', async () => {
      let id = 0;
      const earned = await earnedBy(async () => {
        const page = await follow(await shop.newVisitor(), `${shop.wordpress.url}/?ref=anna`);
        await addToCart(page, shop.wordpress);
        await control('page', { id: shop.wordpress.pages.classic });
        id = await buyClassic(page, shop.wordpress, 'classic@example.test');
        await control('page', { id: shop.wordpress.pages.blocks });
      });
      expect(earned).to.equal(400);
      const { ref, evidence, via } = await control('show', { id });
      expect([ref, evidence.source, via]).to.deep.equal(['anna', 'cookie', 'checkout']);
      expect(evidence).to.include.all.keys('visitor', 'landedAt', 'checkoutStartedAt');
    });

    it('and buys in the block checkout after the cookies are gone: the cart has kept the code', async () => {
      let id = 0;
      const earned = await earnedBy(async () => {
        const visitor = await shop.newVisitor();
        const page = await follow(visitor, `${shop.wordpress.url}/?ref=anna`);
        await addToCart(page, shop.wordpress);
        await page.evaluate(() => localStorage.clear());
        for (const name of ['_aff_ref', '_aff_visitor', '_aff_landed']) await visitor.clearCookies({ name });
        id = await buyByBlocks(page, shop.wordpress, 'blocks@example.test');
      });
      expect(earned).to.equal(400);
      const { evidence, via } = await control('show', { id });
      expect([evidence.source, via]).to.deep.equal(['session', 'store-api']);
    });

    it('gets a cookie from the server of the shop, which outlives a script’s', async () => {
      const visitor = await shop.newVisitor();
      await follow(visitor, `${shop.wordpress.url}/?ref=anna`);
      const cookies = await visitor.cookies();
      const landed = cookies.find(({ name }) => name === '_aff_landed');
      expect(landed?.value).to.match(/^anna\.\d{10}$/);
      expect(cookies.find(({ name }) => name === '_aff_ref')).to.include({ value: 'anna', sameSite: 'Lax' });
    });
  });

  it('a buyer without a link uses the code of Anna in the block checkout: 10 % of 18.00 EUR is 1.80 EUR', async () => {
    const earned = await earnedBy(async () => {
      const page = await (await shop.newVisitor()).newPage();
      await addToCart(page, shop.wordpress);
      await buyByBlocks(page, shop.wordpress, 'coupon@example.test', 'anna10');
    });
    expect(earned).to.equal(180);
  });

  it('an app without cookies sends the code along with the checkout', async () => {
    const earned = await earnedBy(() =>
      buyHeadless(shop.wordpress, { email: 'a@example.test', ref: 'anna' }),
    );
    expect(earned).to.equal(400);
  });

  it('a code that cannot be one is dropped and the sale goes on', async () => {
    const { status, id } = await buyHeadless(shop.wordpress, { email: 'b@example.test', ref: '<script>' });
    expect(status).to.equal(200);
    expect((await control('show', { id })).ref).to.equal('');
  });

  it('another site cannot have its code kept', async () => {
    const answer = await fetch(`${shop.wordpress.url}/wp-json/refledger/v1/visit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: '{"code":"ben"}',
    });
    expect(answer.status).to.equal(401);
    expect(answer.headers.get('set-cookie')).to.equal(null);
  });

  for (const hpos of [true, false]) {
    describe(`with orders in ${hpos ? 'their own tables (HPOS)' : 'posts'}, what staff do to an order is followed (S6)`, () => {
      let id = 0;
      let items: number[] = [];
      let refund = 0;

      before(async () => {
        expect(await control('hpos', { on: hpos })).to.equal(hpos);
      });

      const steps: [string, number, () => Promise<unknown>][] = [
        [
          'made by hand with Anna’s code, 20.00 and 10.00: +20 % of 30.00',
          600,
          async () => {
            ({ id, items } = await control('order', {
              currency: 'EUR',
              product: shop.wordpress.product,
              prices: ['20', '10'],
              code: 'anna',
            }));
          },
        ],
        [
          'the line of 10.00 is refunded: -2.00',
          -200,
          () =>
            control('refund', {
              id,
              amount: '10',
              lines: { [items[1] ?? 0]: { qty: 1, refund_total: 10, refund_tax: [] } },
            }),
        ],
        [
          '4.00 are refunded as an amount: -0.80',
          -80,
          async () => {
            refund = await control('refund', { id, amount: '4' });
          },
        ],
        ['that refund is deleted: +0.80', 80, () => control('unrefund', { id: refund })],
        ['the line of 20.00 is edited to 15.00: -1.00', -100, () => control('edit', { id, price: '15' })],
        ['cancelled: nothing is left', -300, () => control('status', { id, status: 'cancelled' })],
        ['re-opened', 300, () => control('status', { id, status: 'processing', paid: true })],
        ['into the trash', -300, () => control('trash', { id })],
        ['out of the trash', 300, () => control('untrash', { id })],
        ['deleted for good', -300, () => control('delete', { id })],
      ];
      for (const [title, change, act] of steps) {
        it(title, async () => {
          expect(await earnedBy(act)).to.equal(change);
        });
      }

      it('JPY 1505 earns JPY 301, KWD 10.005 earns KWD 2.001', async () => {
        const { product } = shop.wordpress;
        const order = (currency: string, price: string) => () =>
          control('order', { currency, product, prices: [price], code: 'anna' });
        expect(await earnedBy(order('JPY', '1505'), 'JPY')).to.equal(301);
        expect(await earnedBy(order('KWD', '10.005'), 'KWD')).to.equal(2001);
      });

      it('an abandoned block checkout leaves a draft, and nothing of it is noted', async () => {
        const before = (await control('outbox')).length;
        const page = await (await shop.newVisitor()).newPage();
        await addToCart(page, shop.wordpress);
        await page.goto(`${shop.wordpress.url}/checkout/`);
        await page.locator('#email').waitFor();
        expect((await control('outbox')).length).to.equal(before);
        await page.close();
      });
    });
  }

  describe('the server is away, and then answers badly', () => {
    it('every order arrives, and earns once', async () => {
      await control('hpos', { on: true });
      const before = await shop.earned();
      const bought: number[] = [];
      const buy = async (): Promise<void> => {
        const { id } = await buyHeadless(shop.wordpress, { email: 'c@example.test', ref: 'anna' });
        bought.push(id);
      };
      shop.line.mode = 'away';
      for (let count = 0; count < 4; count += 1) await buy();
      expect((await shop.send()).pending).to.equal(4);
      expect((await control('health')).failure).to.contain('could not be reached');
      shop.line.mode = 'shaky';
      shop.line.batches.length = 0;
      for (let count = 0; count < 8; count += 1) {
        await buy();
        await shop.send();
      }
      shop.line.mode = 'up';
      await shop.send();
      const counts = await shop.send();
      expect(counts).to.include({ pending: 0, dead: 0 });
      expect(shop.line.batches).to.include.members(['500', 'answer lost', '202']);
      const known = await Promise.all(bought.map((id) => shop.order(id)));
      expect(known.filter(Boolean)).to.have.length(12);
      expect((await shop.earned()) - before).to.equal(12 * 400);
    });
  });

  it('a shop whose outbox is broken sells on, and says so in its log', async () => {
    const table = 'wp_refledger_outbox';
    await control('break', { sql: `RENAME TABLE ${table} TO ${table}_gone` });
    const { status, id } = await buyHeadless(shop.wordpress, { email: 'd@example.test', ref: 'anna' });
    await control('break', { sql: `RENAME TABLE ${table}_gone TO ${table}` });
    expect(status).to.equal(200);
    expect((await control('show', { id })).status).to.equal('processing');
  });

  it('a checkout makes no remote call and at most three more database queries', async () => {
    const checkouts = async (): Promise<RequestCost[]> => {
      await buyHeadless(shop.wordpress, { email: 'warm@example.test', ref: 'anna' });
      await shop.wordpress.costs();
      for (let count = 0; count < PURCHASES; count += 1) {
        await buyHeadless(shop.wordpress, { email: 'e@example.test', ref: 'anna' });
      }
      return (await shop.wordpress.costs()).filter(({ uri }) => uri.endsWith('/wc/store/v1/checkout'));
    };
    const withPlugin = await checkouts();
    await control('deactivate', { plugin: 'refledger/refledger.php' });
    const without = await checkouts();
    await control('activate', { plugin: 'refledger/refledger.php' });
    const median = (costs: RequestCost[], member: 'queries' | 'ms'): number =>
      costs.map((cost) => cost[member]).sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? 0;
    const describeCosts = (costs: RequestCost[]): string =>
      `${costs.length} checkouts, median ${median(costs, 'queries')} queries, ${median(costs, 'ms').toFixed(0)} ms`;
    console.log(`      with: ${describeCosts(withPlugin)}; without: ${describeCosts(without)}`);
    expect(withPlugin).to.have.length(PURCHASES);
    expect(withPlugin.flatMap(({ remote }) => remote)).to.deep.equal([]);
    expect(median(withPlugin, 'queries') - median(without, 'queries')).to.be.at.most(3);
  });

  describe('the store owner', () => {
    const signIn = async (): Promise<Page> => signInAsOwner(await shop.newVisitor(), shop.wordpress);

    it('sees on an order what it tells about who sent the buyer, and what became of it', async () => {
      const { product } = shop.wordpress;
      const { id } = await control('order', { currency: 'EUR', product, prices: ['20'], code: 'anna' });
      const page = await signIn();
      const box = async (): Promise<string> => {
        await page.goto(`${shop.wordpress.url}/wp-admin/admin.php?page=wc-orders&action=edit&id=${id}`);
        return page.locator('#refledger').innerText();
      };
      expect(await box())
        .to.contain('code anna')
        .and.contain('waits to be sent');
      await shop.send();
      expect(await box()).to.contain('Refledger has its present state since');
      await page.close();
    });

    it('pastes the key, is told of a wrong one, and sees how the connection is', async () => {
      const page = await signIn();
      await page.goto(`${shop.wordpress.url}/wp-admin/admin.php?page=wc-settings&tab=refledger`);
      const save = async (key: string): Promise<string> => {
        await page.fill('#refledger_key', key);
        const saved = page.waitForResponse((response) => response.request().method() === 'POST');
        await page.click('.woocommerce-save-button');
        await saved;
        await page.locator('#message, .notice, .updated, .error').first().waitFor();
        return page.locator('#wpbody').innerText();
      };
      expect(await save('rflk1.half')).to.contain('starts with "rflk1."');
      const after = await save(shop.connectionKey);
      expect(after).to.contain('Connected: the Refledger server knows this shop.');
      expect(await page.content()).to.not.contain(shop.eventSecret);
      await page.getByRole('link', { name: 'Test the connection' }).click();
      expect(await page.locator('#wpbody').innerText()).to.contain('Last success');
      await page.close();
    });

    it('nobody presses its buttons without the right and without a nonce', async () => {
      const press = async (page: Page, query: string): Promise<number> =>
        (await page.request.get(`${shop.wordpress.url}/wp-admin/admin-post.php?action=${query}`)).status();
      const owner = await signIn();
      expect(await press(owner, 'refledger_resend')).to.equal(403);
      expect(await press(owner, 'refledger_resend&_wpnonce=0123456789')).to.equal(403);
      await control('customer', { name: 'berta', password: 'berta' });
      const buyer = await shop.newVisitor();
      await buyer.request.post(`${shop.wordpress.url}/wp-login.php`, {
        form: { log: 'berta', pwd: 'berta' },
      });
      const page = await buyer.newPage();
      expect(await press(page, 'refledger_test')).to.equal(403);
      await owner.close();
    });

    it('the shop’s own webhooks say the same with the plugin and without', async () => {
      const { id } = await control('order', {
        currency: 'EUR',
        product: shop.wordpress.product,
        prices: ['20'],
        code: 'anna',
      });
      const withPlugin = await control('webhook', { id });
      await control('deactivate', { plugin: 'refledger/refledger.php' });
      expect(await control('webhook', { id })).to.deep.equal(withPlugin);
      await control('activate', { plugin: 'refledger/refledger.php' });
    });

    it('hands over and erases what the plugin wrote about a buyer', async () => {
      const email = 'classic@example.test';
      const { export: before, erase, after } = await control('erase', { email });
      expect(JSON.stringify(before)).to.contain('Random number of the browser');
      expect(erase).to.include({ items_removed: true, items_retained: true });
      expect(JSON.stringify(after)).to.not.contain('Random number of the browser');
    });

    it('deletes the plugin, and nothing of it is left but the codes on orders', async () => {
      await control('deactivate', { plugin: 'refledger/refledger.php' });
      await control('uninstall');
      expect(await control('left')).to.deep.equal({ tables: [], options: [], job: false });
    });
  });

  it('nothing of the plugin was written to the debug log', async () => {
    const lines = (await shop.wordpress.log()).split('\n');
    const own = lines.filter((line) => /refledger/i.test(line.replace(/refledger-shop-\w+/g, '')));
    // The outbox that was taken away on purpose is named by WordPress itself, in lines of the statement.
    const expected = /refledger_outbox' doesn't exist|ON DUPLICATE KEY UPDATE/;
    expect(own.filter((line) => !expected.test(line))).to.deep.equal([]);
  });
});
