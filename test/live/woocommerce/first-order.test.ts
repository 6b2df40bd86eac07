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
  .woocommerce-layout__header { position: static !important }
  #adminmenumain { display: none !important } #wpcontent { margin-left: 0 !important }`;

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
  async function picture(name: string, part: Locator, isAdmin = true): Promise<void> {
    if (process.env['SCREENSHOTS'] !== '1') return;
    if (isAdmin) await part.page().addStyleTag({ content: DISTRACTIONS });
    await part.screenshot({ path: join(IMAGES, `woocommerce-${name}.png`), animations: 'disabled' });
  }

  /** Takes a picture of the connection's part of the settings, with what the page says above it. */
  async function pictureOfConnection(name: string): Promise<void> {
    if (process.env['SCREENSHOTS'] !== '1') return;
    await owner.addStyleTag({ content: DISTRACTIONS });
    const form = await owner.locator('#mainform').boundingBox();
    const table = await owner.locator('#mainform .form-table').first().boundingBox();
    if (!form || !table) throw new Error('the settings are not on the page');
    await owner.screenshot({
      path: join(IMAGES, `woocommerce-${name}.png`),
      clip: { ...form, height: table.y + table.height - form.y },
    });
  }

  it('uploads the zip in Plugins > Add Plugin, and activates it', async () => {
    owner = await signInAsOwner(await shop.newVisitor(), shop.wordpress);
    await owner.setViewportSize({ width: 1000, height: 1800 });
    await owner.goto(admin('plugin-install.php?tab=upload'));
    await owner.setInputFiles('#pluginzip', shop.wordpress.zip);
    await picture('upload', owner.locator('.upload-plugin').first());
    await owner.click('#install-plugin-submit');
    await owner.getByText('Plugin installed successfully.').waitFor();
    await owner.getByRole('link', { name: 'Activate Plugin' }).click();
    await owner.waitForURL(/plugins\.php/);
    await owner.locator('tr[data-plugin^=refledger]').getByRole('link', { name: 'Settings' }).click();
    await owner.waitForURL(/tab=refledger/);
  });

  it('pastes the key that the server made, and is told that the server knows this shop', async () => {
    await owner.goto(settings());
    await pictureOfConnection('settings-new');
    await owner.fill('#refledger_key', shop.connectionKey);
    await owner.click('.woocommerce-save-button');
    await owner.getByText('Connected: the Refledger server knows this shop.').waitFor();
    await pictureOfConnection('settings-connected');
  });

  it('a visitor follows Anna’s link and buys: the order waits to be sent, then it is sent', async () => {
    const page = await follow(await shop.newVisitor(), `${shop.wordpress.url}/?ref=anna`);
    await addToCart(page, shop.wordpress);
    order = await buyByBlocks(page, shop.wordpress, 'first@example.test');
    await owner.goto(admin(`admin.php?page=wc-orders&action=edit&id=${order}`));
    expect(await owner.locator('#refledger').innerText()).to.contain('waits to be sent');
    await shop.send();
    // What was answered before is kept for a minute.
    await shop.wordpress.control('forget');
    await owner.reload();
    const box = owner.locator('#refledger');
    await box.getByText('credited to Anna').waitFor();
    expect((await box.innerText()).replaceAll('’', "'"))
      .to.contain("Partner's code anna, kept in the buyer's browser.")
      .and.contain('4.00 EUR');
    await picture('order', box);
    const receipt = await (await shop.newVisitor()).newPage();
    await receipt.setViewportSize({ width: 900, height: 600 });
    await receipt.goto((await box.getByRole('link', { name: /receipt/ }).getAttribute('href')) ?? '');
    expect(await receipt.locator('body').innerText()).to.contain('20 % of 20.00 EUR is 4.00 EUR');
    await picture('receipt', receipt.locator('main'), false);
    await owner.goto(admin('admin.php?page=wc-orders'));
    expect(await owner.locator(`#order-${order}`).innerText()).to.contain('anna');
    await picture('orders', owner.locator('#wc-orders-filter table'));
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
    const said = await owner.locator('#mainform').innerText();
    expect(said)
      .to.match(/\d events? waits?\./)
      .and.contain('could not be reached');
    await pictureOfConnection('settings-trouble');
    shop.line.mode = 'up';
    await owner.getByRole('link', { name: 'Send everything now' }).click();
    await owner.getByText('Nothing: everything was sent.').waitFor();
  });
});
