import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { chromiumAvailable, describeOn, phpAvailable } from '../../support/requires.ts';
import { foldersAvailable } from './a-wordpress.ts';
import { buyHeadless } from './buy.ts';
import { openLiveShop, type LiveShop } from './open-live-shop.ts';

const needed = [phpAvailable(), chromiumAvailable(), foldersAvailable()];
const available = needed.find((reason) => reason !== true) ?? true;

const MINUTES = 60_000;
const PLUGIN = 'refledger/refledger.php';

describeOn(available, 'a network of two real WooCommerce shops', function () {
  this.timeout(10 * MINUTES);
  let shop: LiveShop;
  /** The host of the second site. */
  let at = '';
  let second = { store: { id: '' }, product: 0 };

  before(async () => {
    shop = await openLiveShop();
    await makeNetwork();
  });
  after(async () => shop?.stop());

  const control = (command: string, given: Record<string, unknown> = {}): Promise<any> =>
    shop.wordpress.control(command, given);

  async function makeNetwork(): Promise<void> {
    const { host, root } = shop.wordpress;
    at = host.replace('127.0.0.1', 'localhost');
    await control('deactivate', { plugin: PLUGIN });
    expect(await control('network', { domain: host })).to.equal(true);
    const file = join(root, 'wp-config.php');
    const settings = [
      "define('MULTISITE', true); define('SUBDOMAIN_INSTALL', false);",
      `define('DOMAIN_CURRENT_SITE', '${host}'); define('PATH_CURRENT_SITE', '/');`,
      "define('SITE_ID_CURRENT_SITE', 1); define('BLOG_ID_CURRENT_SITE', 1);",
    ];
    await writeFile(file, (await readFile(file, 'utf8')).replace('<?php', `<?php\n${settings.join('\n')}`));
    expect(await control('site', { domain: at })).to.equal(2);
    for (const plugin of ['woocommerce/woocommerce.php', PLUGIN]) {
      expect(await control('everywhere', { plugin })).to.equal('active');
    }
    const { product } = await control('open', { host: at });
    const store = { platform: 'woocommerce', domain: `http://${at}`, storefrontHosts: [] };
    const { body } = await shop.merchant
      .at({ url: shop.line.url, clock: { now: new Date() } })
      .api('POST', '/api/v1/stores', store);
    second = { ...body, product };
    await control('paste', { host: at, key: body.connectionKey });
  }

  it('each site has its own key and its own outbox, and tells its own store', async () => {
    const earned = await shop.earnedBy(async () => {
      const site = { ...shop.wordpress, url: `http://${at}`, product: second.product };
      await buyHeadless(site, { email: 'two@example.test', ref: 'anna' });
      expect(await control('outbox')).to.have.length(0);
      expect(await control('outbox', { host: at })).to.have.length(1);
      await control('send', { host: at });
    });
    expect(earned).to.equal(400);
    const { body } = await shop.merchant.api('GET', '/api/v1/orders?limit=10');
    expect(body.items.map((order: any) => order.storeId)).to.deep.equal([second.store.id]);
  });

  it('deleted from the network, nothing of it is left on any site', async () => {
    await control('deactivate', { plugin: PLUGIN });
    await control('uninstall');
    for (const host of [shop.wordpress.host, at]) {
      expect(await control('left', { host })).to.deep.equal({ tables: [], options: [], job: false });
    }
  });
});
