import { expect } from 'chai';
import { chromiumAvailable, describeOn, phpAvailable } from '../../support/requires.ts';
import { openTlsProxy, type TlsProxy } from './a-tls-proxy.ts';
import { foldersAvailable } from './a-wordpress.ts';
import { buyHeadless, signInAsOwner } from './buy.ts';
import { openLiveShop, type LiveShop } from './open-live-shop.ts';

const needed = [phpAvailable(), chromiumAvailable(), foldersAvailable()];
const available = needed.find((reason) => reason !== true) ?? true;

const MINUTES = 60_000;
const PLUGIN = 'refledger/refledger.php';

describeOn(available, 'a store owner connects a real WooCommerce shop with one click', function () {
  this.timeout(10 * MINUTES);
  let shop: LiveShop;
  let https: TlsProxy;

  before(async () => {
    shop = await openLiveShop();
    console.log(`      ${JSON.stringify(shop.wordpress.versions)}`);
    https = await openTlsProxy(shop.line.url);
    await control('option', { name: 'live_callback_port', value: new URL(https.url).port });
    await control('forget-key');
  });
  after(async () => {
    await https?.close();
    await shop?.stop();
  });

  const control = (command: string, given: Record<string, unknown> = {}): Promise<any> =>
    shop.wordpress.control(command, given);
  const api: LiveShop['merchant']['api'] = (...call) => shop.overLine.api(...call);

  /** From Refledger's address to WooCommerce's page, where the owner agrees, and back; resolves with what is said. */
  async function agree(): Promise<string> {
    const { status, body } = await api('POST', `/api/v1/stores/${shop.storeId}/authorization`, {});
    expect(status, JSON.stringify(body)).to.equal(200);
    // WooCommerce hands keys to https alone; in front of this server stands a proxy.
    const [plain, secret] = [shop.line.url, https.url].map(encodeURIComponent);
    const page = await signInAsOwner(await shop.newVisitor(), shop.wordpress);
    await page.goto(body.authorizeUrl.replaceAll(plain, secret));
    await page.getByRole('link', { name: 'Approve' }).click();
    await page.waitForURL(/connect\/woocommerce/);
    return page.locator('body').innerText();
  }

  it('the owner agrees, the plugin gets its key, and the next order is credited', async () => {
    expect(await agree()).to.match(/connected/i);
    const earned = await shop.earnedBy(() =>
      buyHeadless(shop.wordpress, { email: 'click@example.test', ref: 'anna' }),
    );
    expect(earned).to.equal(400);
    expect(await control('webhooks')).to.deep.equal([]);
  });

  it('a coupon that the merchant sets is made in the shop, and changed', async () => {
    const { programId, affiliates } = shop.merchant;
    const made = await api('POST', '/api/v1/coupons', {
      programId,
      affiliateId: affiliates.anna,
      code: 'anna15',
    });
    const change = async (method: string, path: string, body?: object): Promise<any> => {
      const answer = await api(method, `/api/v1/coupons/${made.body.id}/${path}`, body);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      await shop.settle();
      return control('coupon-of', { code: 'anna15' });
    };
    const percent = (ratePpm: number) => ({ discount: { kind: 'percent', ratePpm } });
    expect(await change('PUT', 'discount', percent(150_000))).to.deep.include({
      type: 'percent',
      amount: 15,
    });
    expect((await control('coupon-of', { code: 'anna15' })).affiliate).to.equal(affiliates.anna);
    expect(await change('PUT', 'discount', percent(125_000))).to.deep.include({ amount: 12.5 });
    const { body } = await api('GET', `/api/v1/coupons/${made.body.id}`);
    expect(JSON.stringify(body)).to.contain('in step');
  });

  it('without the plugin the same click leaves webhooks of ours in the shop', async () => {
    await control('deactivate', { plugin: PLUGIN });
    expect(await agree()).to.match(/connected/i);
    expect(await control('webhooks')).to.deep.equal([
      'order.created',
      'order.deleted',
      'order.restored',
      'order.updated',
    ]);
  });
});
