import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { chromiumAvailable, describeOn, phpAvailable } from '../../support/requires.ts';
import { foldersAvailable } from './a-wordpress.ts';
import { addToCart, buyByBlocks, follow, signInAsOwner } from './buy.ts';
import { openLiveShop, type LiveShop } from './open-live-shop.ts';

const needed = [phpAvailable(), chromiumAvailable(), foldersAvailable()];
const available = needed.find((reason) => reason !== true) ?? true;

const MINUTES = 60_000;
const IMAGES = join(import.meta.dirname, '../../../docs/guides/images');
/** What a new shop shows about itself and nobody needs in a picture. */
const DISTRACTIONS = `
  .woocommerce-layout__header-tasks-reminder-bar, #woocommerce-layout__secondary, .woocommerce-message, .update-nag,
  .woocommerce-store-alerts, .notice-warning, #wpfooter { display: none !important }
  .woocommerce-layout__header { position: static !important }`;

// The guide docs/guides/woocommerce.md, step by step; SCREENSHOTS=1 makes its pictures anew.
describeOn(available, 'a store owner goes from the zip to the first attributed order', function () {
  this.timeout(10 * MINUTES);
  let shop: LiveShop;
  let owner: Page;
  let order = 0;

  before(async () => {
    shop = await openLiveShop({ installed: false });
    await mkdir(IMAGES, { recursive: true });
  });
  after(async () => shop?.stop());

  const admin = (path: string): string => `${shop.wordpress.url}/wp-admin/${path}`;
  const settings = (): string => admin('admin.php?page=wc-settings&tab=refledger');

  /** Takes a picture of a part of the page, when pictures are asked for. */
  async function picture(name: string, part: Locator): Promise<void> {
    if (process.env['SCREENSHOTS'] !== '1') return;
    await part.page().addStyleTag({ content: DISTRACTIONS });
    await part.screenshot({ path: join(IMAGES, `woocommerce-${name}.png`), animations: 'disabled' });
  }

  it('uploads the zip in Plugins > Add Plugin, and activates it', async () => {
    owner = await signInAsOwner(await shop.newVisitor(), shop.wordpress);
    await owner.setViewportSize({ width: 960, height: 700 });
    await owner.goto(admin('plugin-install.php?tab=upload'));
    await owner.setInputFiles('#pluginzip', shop.wordpress.zip);
    await picture('upload', owner.locator('.upload-plugin').first());
    await owner.click('#install-plugin-submit');
    await owner.getByText('Plugin installed successfully.').waitFor();
    await owner.getByRole('link', { name: 'Activate Plugin' }).click();
    await owner.waitForURL(/plugins\.php/);
    await picture(
      'plugins',
      owner.locator('tr[data-slug=refledger-for-woocommerce], tr[data-plugin^=refledger]').first(),
    );
    await owner.locator('tr[data-plugin^=refledger]').getByRole('link', { name: 'Settings' }).click();
    await owner.waitForURL(/tab=refledger/);
  });

  it('pastes the key that the server made, and is told that the server knows this shop', async () => {
    await owner.goto(settings());
    await picture('settings-new', owner.locator('#mainform'));
    await owner.fill('#refledger_key', shop.connectionKey);
    await owner.click('.woocommerce-save-button');
    await owner.getByText('Connected: the Refledger server knows this shop.').waitFor();
    await picture('settings-connected', owner.locator('#mainform'));
  });

  it('a visitor follows Anna’s link and buys: the order waits to be sent, then it is sent', async () => {
    const page = await follow(await shop.newVisitor(), `${shop.wordpress.url}/?ref=anna`);
    await addToCart(page, shop.wordpress);
    order = await buyByBlocks(page, shop.wordpress, 'first@example.test');
    await owner.goto(admin(`admin.php?page=wc-orders&action=edit&id=${order}`));
    expect(await owner.locator('#refledger').innerText()).to.contain('waits to be sent');
    await shop.send();
    await owner.reload();
    expect(await owner.locator('#refledger').innerText())
      .to.contain('Partner’s code anna')
      .or.contain("Partner's code anna");
    await picture('order', owner.locator('#refledger'));
  });

  it('the ledger has the commission: 20 % of 20.00 EUR is 4.00 EUR, and the receipt says why', async () => {
    expect(await shop.postingsOf(order)).to.deep.equal([['anna', 400]]);
    const { id } = await shop.order(order);
    const { body } = await shop.merchant.api('GET', `/api/v1/commissions?orderId=${id}`);
    const receipt = await shop.merchant.api('GET', `/api/v1/commissions/${body.items[0].id}/receipt`);
    expect(receipt.body.words.join('\n')).to.contain('20 % of 20.00 EUR is 4.00 EUR');
    if (process.env['SCREENSHOTS'] === '1') console.log(receipt.body.words.join('\n'));
  });

  it('Refledger is away: the page says so in words, and afterwards everything arrives', async () => {
    shop.line.mode = 'away';
    await shop.wordpress.control('order', {
      currency: 'EUR',
      product: shop.wordpress.product,
      prices: ['20'],
      code: 'anna',
    });
    await shop.send();
    await owner.goto(settings());
    expect(await owner.locator('#mainform').innerText()).to.contain('1 event waits.');
    expect(await owner.locator('#mainform').innerText()).to.contain('could not be reached');
    await picture('settings-trouble', owner.locator('#mainform .form-table').first());
    shop.line.mode = 'up';
    await owner.getByRole('link', { name: 'Send everything now' }).click();
    await owner.getByText('Nothing: everything was sent.').waitFor();
  });
});
