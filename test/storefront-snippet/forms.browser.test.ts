import { expect } from 'chai';
import { chromiumAvailable, describeWhen } from '../support/requires.ts';
import { consent, openBrowser, tell, type TestBrowser } from './open-browser.ts';

const SALE = { externalId: '1001', amount: { amount: 4990, currency: 'EUR' } };
const COUPON_FIELD = '<form id="coupon"><input id="code-field"></form>';
const CART_FORM = '<form class="cart" action="/checkout" method="post"><button>Buy</button></form>';
const fieldOf = (selector: string) => `document.querySelector(${JSON.stringify(selector)})?.value`;
const HANDED = fieldOf('form.cart input[name=refledger_code]');

describeWhen(chromiumAvailable(), 'the second script on a shop page in Chromium', () => {
  let browser: TestBrowser;
  const prepare: TestBrowser['prepare'] = (options) => browser.prepare({ formsAttributes: '', ...options });
  const visit: TestBrowser['visit'] = (query, options) =>
    browser.visit(query, { formsAttributes: '', ...options });

  before(async function () {
    this.timeout(30_000);
    browser = await openBrowser();
  });

  afterEach(() => browser.closeShops());

  after(() => browser.close());

  describe('a link carries a coupon', () => {
    const byField = { formsAttributes: 'data-coupon-field="#code-field"', content: COUPON_FIELD };

    it('the shop finds it in its own field, and its scripts are told', async () => {
      const { page, shop, errors } = await prepare(byField);
      await page.addInitScript("addEventListener('change', ({ target }) => (window.changed = target.id))");
      await page.goto(`${shop.url}?coupon=Spring%2010`);
      expect(await page.evaluate(fieldOf('#code-field'))).to.equal('Spring 10');
      expect(await page.evaluate('window.changed')).to.equal('code-field');
      expect(errors).to.deep.equal([]);
    });

    it('the field of a later page has it too, and what the buyer typed stays', async () => {
      const content = `${COUPON_FIELD}<input id="typed" value="MINE">`;
      const attributes = 'data-coupon-field="#code-field, #typed"';
      const { page, shop } = await visit('?coupon=TEA10', { formsAttributes: attributes, content });
      await page.goto(`${shop.url}?page=2`);
      expect(await page.evaluate(fieldOf('#code-field'))).to.equal('TEA10');
      expect(await page.evaluate(fieldOf('#typed'))).to.equal('MINE');
    });

    it("the shop's address for coupons is asked once, when the coupon arrives", async () => {
      const formsAttributes = 'data-coupon-url="/cart/apply?code={coupon}"';
      const { page, shop } = await visit('?coupon=Spring%2010%25', { formsAttributes });
      expect((await shop.ask(1)).path).to.equal('/cart/apply?code=Spring%2010%25');
      await page.goto(`${shop.url}?page=2`);
      expect(shop.asks).to.have.length(1);
    });

    it('an address of another site is not asked, and the debugging owner is told', async () => {
      const formsAttributes = 'data-coupon-url="https://other.example/{coupon}" data-debug';
      const { shop, said } = await visit('?coupon=TEA10', { formsAttributes });
      expect(said.join('\n')).to.include('it must be a page of this shop');
      expect(shop.asks).to.deep.equal([]);
    });

    it("Shopify's cart gets it by Shopify's own address", async () => {
      const { shop } = await visit('?coupon=TEA10', { formsAttributes: 'data-cart="shopify"' });
      expect(await shop.ask(1)).to.include({ method: 'GET', path: '/discount/TEA10' });
    });

    it('nothing happens before consent, and all of it after', async () => {
      const { page } = await visit('?coupon=TEA10', { ...byField, attributes: 'data-consent="required"' });
      expect(await page.evaluate(fieldOf('#code-field'))).to.equal('');
      expect(await page.evaluate('sessionStorage.length')).to.equal(0);
      await consent(page, true);
      expect(await page.evaluate(fieldOf('#code-field'))).to.equal('TEA10');
      await consent(page, false);
      expect(await page.evaluate('sessionStorage.length')).to.equal(0);
    });

    for (const coupon of ['', '%3Cscript%3E', 'a%0Ab', 'x'.repeat(65)]) {
      it(`"${coupon.slice(0, 20)}" is no coupon`, async () => {
        const { page } = await visit(`?coupon=${coupon}`, byField);
        expect(await page.evaluate(fieldOf('#code-field'))).to.equal('');
      });
    }
  });

  describe('the kept code goes with the cart', () => {
    const byForm = { formsAttributes: 'data-cart-form="form.cart"', content: CART_FORM };

    it('into a hidden field of the forms that match, on the landing page and on later ones', async () => {
      const { page, shop } = await visit('?ref=ANNA', byForm);
      expect(await page.evaluate(HANDED)).to.equal('ANNA');
      await shop.touch(1);
      await page.goto(`${shop.url}?page=2`);
      expect(await page.evaluate(HANDED)).to.equal('ANNA');
    });

    it('into a form that the shop adds later, when it is sent', async () => {
      const { page, shop } = await visit('?ref=ANNA', { ...byForm, content: '' });
      await shop.touch(1);
      await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), CART_FORM);
      const request = page.waitForRequest('**/checkout');
      await page.click('form.cart button');
      expect((await request).postData()).to.equal('refledger_code=ANNA');
    });

    it('not into other forms, and nowhere without a code', async () => {
      const content = `${CART_FORM}<form class="search"></form>`;
      const { page } = await visit('', { ...byForm, content });
      expect(await page.evaluate('document.querySelectorAll("[name=refledger_code]").length')).to.equal(0);
    });

    it('not before consent, and is taken back when it is withdrawn', async () => {
      const { page } = await visit('?ref=ANNA', { ...byForm, attributes: 'data-consent="required"' });
      expect(await page.evaluate(HANDED)).to.equal(undefined);
      await consent(page, true);
      expect(await page.evaluate(HANDED)).to.equal('ANNA');
      await consent(page, false);
      expect(await page.evaluate(HANDED)).to.equal('');
    });

    it("into the attributes of Shopify's cart", async () => {
      const { shop } = await visit('?ref=ANNA', { formsAttributes: 'data-cart="shopify"' });
      const { path, body } = await shop.ask(1);
      expect(path).to.equal('/cart/update.js');
      expect(body).to.deep.equal({ attributes: { _aff_ref: 'ANNA' } });
    });
  });

  describe('a thank-you page tells of a sale', () => {
    it('one conversion arrives, with the code and the key that were kept', async () => {
      const { page, shop, errors } = await visit('?ref=ANNA');
      const touch = await shop.touch(1);
      await page.goto(`${shop.url}?thanks`);
      await tell(page, 'conversion', SALE);
      const { contentType, body } = await shop.conversion(1);
      expect(contentType).to.match(/^text\/plain/);
      expect(body).to.deep.equal({
        storeKey: 'store_1',
        kind: 'sale',
        ...SALE,
        code: 'ANNA',
        visitorKey: touch.body['visitorKey'],
        consent: true,
      });
      expect(errors).to.deep.equal([]);
    });

    it('a lead needs no amount', async () => {
      const { page, shop } = await visit('?ref=ANNA');
      await shop.touch(1);
      await tell(page, 'lead', { externalId: 'newsletter-7' });
      const { body } = await shop.conversion(1);
      expect(body).to.include({ kind: 'lead', externalId: 'newsletter-7', code: 'ANNA' });
      expect(body).not.to.have.property('amount');
    });

    it('told before the script arrived, and twice, it arrives once', async () => {
      const { page, shop, asked } = await prepare();
      const call = JSON.stringify(['conversion', { ...SALE, code: 'ANNA' }]);
      await page.addInitScript(`window.refledger = Object.assign(() => {}, { q: [${call}, ${call}] })`);
      await page.goto(shop.url);
      expect((await shop.conversion(1)).body).to.include({ code: 'ANNA', externalId: '1001' });
      await tell(page, 'conversion', { ...SALE, code: 'ANNA' });
      expect(asked.filter((address) => address.includes('conversions'))).to.have.length(1);
    });

    it('a visitor whom nobody sent is nobody to tell of', async () => {
      const { page, asked } = await visit('');
      await tell(page, 'conversion', SALE);
      expect(asked).to.deep.equal([]);
    });

    it('nothing is sent before consent, nothing when it is denied, and once when it is granted late', async () => {
      const { page, shop, asked } = await visit('?ref=ANNA', { attributes: 'data-consent="required"' });
      await tell(page, 'conversion', SALE);
      await consent(page, false);
      await tell(page, 'lead', { externalId: '7' });
      expect(asked).to.deep.equal([]);
      await consent(page, true);
      const kinds = [(await shop.conversion(1)).body['kind'], (await shop.conversion(2)).body['kind']];
      expect(kinds).to.have.members(['sale', 'lead']);
      expect(shop.conversions).to.have.length(2);
    });

    for (const [what, facts, advice] of [
      ['no id', { amount: SALE.amount }, 'externalId is missing'],
      ['a price with a point', { ...SALE, amount: { amount: 49.9, currency: 'EUR' } }, 'smallest unit'],
      ['no currency', { ...SALE, amount: { amount: 4990 } }, 'currency is missing'],
      ['no amount', { externalId: '1001' }, 'smallest unit'],
      ['nothing at all', undefined, 'externalId is missing'],
    ] as const) {
      it(`with ${what}: nothing is sent, and the console says what to mend`, async () => {
        const { page, shop, asked, said, errors } = await visit('?ref=ANNA');
        await shop.touch(1);
        await tell(page, 'conversion', facts);
        expect(said.join('\n')).to.include(advice);
        expect(asked.filter((address) => address.includes('conversions'))).to.deep.equal([]);
        expect(errors).to.deep.equal([]);
      });
    }
  });

  describe('a hostile place', () => {
    const all = {
      formsAttributes: 'data-cart-form="form.cart" data-coupon-field="#code-field" data-debug',
      content: CART_FORM + COUPON_FIELD,
    };

    it('a strict content security policy is not violated', async () => {
      const policy =
        "default-src 'none'; img-src data:; form-action 'self'; script-src 'self' SERVER; connect-src SERVER";
      const { page, shop, said, errors } = await visit('?ref=ANNA&coupon=TEA10', { ...all, policy });
      await tell(page, 'conversion', SALE);
      expect((await shop.conversion(1)).body).to.include({ code: 'ANNA' });
      expect(await page.evaluate(HANDED)).to.equal('ANNA');
      expect(said.join('\n')).not.to.match(/violates|Refused/i);
      expect(errors).to.deep.equal([]);
    });

    it('storage is blocked: coupon and code of this page are handed over, the page works', async () => {
      const policy = 'sandbox allow-scripts allow-forms';
      const { page, shop, said, errors } = await visit('?ref=ANNA&coupon=TEA10', { ...all, policy });
      expect((await shop.touch(1)).body).to.include({ code: 'ANNA' });
      expect(await page.evaluate(HANDED)).to.equal('ANNA');
      expect(await page.evaluate(fieldOf('#code-field'))).to.equal('TEA10');
      expect(said.join('\n')).to.include('storage is blocked');
      expect(await page.title()).to.equal('open');
      expect(errors).to.deep.equal([]);
    });

    it('an ad blocker refuses the conversion: no error shows, the page works', async () => {
      const { page, shop, said, errors } = await prepare(all);
      await page.route('**/collect/v1/conversions', (route) => route.abort('blockedbyclient'));
      await page.goto(`${shop.url}?ref=ANNA`);
      await shop.touch(1);
      const refused = page.waitForEvent('requestfailed');
      const told = page.waitForEvent('console', (message) => message.text().includes('refused to send'));
      await tell(page, 'conversion', SALE);
      await refused;
      await told;
      expect(said.join('\n')).to.include('sale 1001: the browser refused to send it');
      expect(shop.conversions).to.deep.equal([]);
      expect(errors).to.deep.equal([]);
    });

    it('a selector that nobody can read breaks nothing, and is named', async () => {
      const formsAttributes = 'data-cart-form="form..cart" data-debug';
      const { shop, said, errors } = await visit('?ref=ANNA', { formsAttributes });
      await shop.touch(1);
      expect(said.join('\n')).to.include('form..cart');
      expect(errors).to.deep.equal([]);
    });
  });

  describe('the owner debugs', () => {
    it('by the address: the console says what was found, kept and sent', async () => {
      const { page, shop, said } = await visit('?ref=ANNA&refledger_debug=1');
      await shop.touch(1);
      await page.waitForFunction('document.title === "open"');
      if (!said.some((line) => line.includes('asked '))) await page.waitForEvent('console');
      const told = said.join('\n');
      expect(told).to.include(`[refledger] store store_1 at ${shop.server}`);
      expect(told).to.include('found the code ANNA in this address');
      expect(told).to.include('asked ' + shop.server + '/collect/v1/touches');
    });

    it('by the tag: the console says why there is no touch', async () => {
      const { said } = await visit('', { formsAttributes: 'data-debug' });
      const told = said.join('\n');
      expect(told).to.include('found no code in this address (looked for ?ref=)');
      expect(told).to.include('no touch: there is no code, and data-direct is not set');
    });

    it('with a policy that forbids the touch: the console says what to add to it', async () => {
      const policy = "default-src 'self' data:; script-src 'self' SERVER; connect-src 'self'";
      const { page, shop, said } = await visit('?ref=ANNA', { formsAttributes: 'data-debug', policy });
      const advice = `add ${shop.server} to connect-src`;
      const isTold = (line: string): boolean => line.includes(advice);
      if (!said.some(isTold)) await page.waitForEvent('console', (message) => isTold(message.text()));
      expect(said.filter(isTold)).to.have.length(1);
    });

    it('nobody else: the console stays empty', async () => {
      const { shop, said } = await visit('?ref=ANNA&coupon=TEA10');
      await shop.touch(1);
      expect(said).to.deep.equal([]);
    });
  });
});
