import { expect } from 'chai';
import { readdir, readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { composeServer, type RunningServer } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { openDatabase } from '../../server/open-database.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { call, openShop, type Shop } from '../support/a-shop.ts';

const BUYER = [
  'Zdenka',
  'Buyerova',
  'zdenka.buyerova',
  'mailbox.example',
  'Secret Street 77',
  'Hiddenville',
  '13370',
  '+420777123456',
  '203.0.113.77',
  'CZ65 0800',
  'cz650800',
  'browser-of-zdenka',
  'Mozilla/5.0 Buyer',
  'customer-zdenka',
  'checkout-of-zdenka',
];

const address = {
  first_name: 'Zdenka',
  last_name: 'Buyerova',
  address_1: 'Secret Street 77',
  address1: 'Secret Street 77',
  city: 'Hiddenville',
  postcode: '13370',
  zip: '13370',
  country: 'CZ',
  country_code: 'CZ',
  email: 'zdenka.buyerova@mailbox.example',
  phone: '+420777123456',
};

const wooOrder = {
  id: 501, number: '501', status: 'processing', currency: 'EUR', prices_include_tax: false, total: '12.00', total_tax: '2.00',
  date_created_gmt: '2026-10-02T10:00:00', date_modified_gmt: '2026-10-02T10:00:00', date_paid_gmt: '2026-10-02T10:00:00', date_completed_gmt: null,
  customer_id: 7, billing: address, shipping: address, customer_ip_address: '203.0.113.77', customer_user_agent: 'Mozilla/5.0 Buyer', customer_note: 'Ring at Zdenka',
  line_items: [{ id: 1, name: 'Tea', product_id: 3, variation_id: 0, quantity: 1, subtotal: '10.00', subtotal_tax: '2.00', total: '10.00', total_tax: '2.00', meta_data: [] }],
  tax_lines: [], shipping_lines: [], fee_lines: [], coupon_lines: [{ id: 2, code: 'anna10', discount: '0', discount_tax: '0' }, { id: 3, code: 'welcome-zdenka.buyerova@mailbox.example', discount: '0', discount_tax: '0' }], refunds: [],
  meta_data: [{ id: 1, key: '_refledger_ref', value: 'anna' }, { id: 2, key: '_refledger_click_id', value: 'click-of-zdenka.buyerova@mailbox.example' }],
}; // prettier-ignore

const money = (amount: string) => ({
  shop_money: { amount, currency_code: 'EUR' },
  presentment_money: { amount, currency_code: 'EUR' },
});
const shopifyOrder = {
  id: 7_000_000_000_001, admin_graphql_api_id: 'gid://shopify/Order/7000000000001', name: '#9001', currency: 'EUR', presentment_currency: 'EUR', taxes_included: false, test: false,
  created_at: '2026-10-02T10:00:00Z', updated_at: '2026-10-02T10:00:00Z', cancelled_at: null, financial_status: 'paid',
  checkout_token: 'checkout-of-zdenka', email: 'zdenka.buyerova@mailbox.example', contact_email: 'zdenka.buyerova@mailbox.example', phone: '+420777123456', browser_ip: '203.0.113.77', client_details: { user_agent: 'Mozilla/5.0 Buyer' },
  customer: { id: 1, email: 'zdenka.buyerova@mailbox.example', first_name: 'Zdenka', last_name: 'Buyerova', default_address: address },
  billing_address: address, shipping_address: address, note: 'For Buyerova',
  subtotal_price: '10.00', total_price: '10.00', total_tax: '0.00', landing_site: '/?ref=anna&email=zdenka.buyerova@mailbox.example', referring_site: '', note_attributes: [{ name: '_aff_click', value: 'zdenka.buyerova@mailbox.example' }],
  line_items: [{ id: 11, product_id: 4, title: 'Tea', quantity: 1, current_quantity: 1, price: '10.00', price_set: money('10.00'), discount_allocations: [], tax_lines: [], gift_card: false }],
  discount_codes: [{ code: 'anna10', amount: '0.00', type: 'percentage' }], discount_applications: [], refunds: [], shipping_lines: [],
}; // prettier-ignore

const customer = {
  id: 'customer-zdenka',
  email: 'zdenka.buyerova@mailbox.example',
  ip: '203.0.113.77',
  paymentAccount: 'CZ65 0800 0000 1920 0014 5399',
};

/** The same buyer at a shop of each kind; resolves with the answers. */
async function orderEverywhere(shop: Shop): Promise<number[]> {
  const referral = { code: 'anna', source: 'cookie' };
  const event = anOrderEvent({ referral, customer, checkoutToken: 'checkout-of-zdenka' });
  const answers = [
    await shop.sendEvents([event]),
    await shop.sendWooCommerce('order.created', wooOrder),
    await shop.sendShopify('orders/create', shopifyOrder),
  ];
  return answers.map(({ status }) => status);
}

/** A server with its store in a folder, whose clock a test moves. */
function startIn(dataDir: string, clock: { now: Date }): Promise<RunningServer> {
  return composeServer({
    config: readConfig({ DATA_DIR: dataDir, PORT: '0' }),
    clock: () => clock.now,
    log: pino({ level: 'silent' }),
  });
}

async function bytesOf(dir: string): Promise<string> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const contents = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name))));
  return Buffer.concat(contents).toString('latin1');
}

describe('S8, S9: a buyer whose order was accepted', () => {
  let dataDir: string;
  let everything: string;
  let credited: number;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'refledger-privacy-'));
    const clock = { now: new Date('2026-10-01T08:00:00Z') };
    const server = await startIn(dataDir, clock);
    const shop = await openShop({ server, url: server.url, clock, stop: () => server.stop() });
    clock.now = new Date('2026-10-02T10:05:00Z');
    const account = { storeId: shop.stores.custom.id, customerId: 'customer-zdenka' };
    const { address_1: line1, city, postcode, country } = address;
    const identity = {
      storeAccounts: [account],
      address: { line1, city, postcode, country },
      payoutAccount: customer.paymentAccount,
    };
    const stated = await shop.api('PUT', `/api/v1/affiliates/${shop.affiliates.ben}/identity`, identity);
    expect(stated.status, JSON.stringify(stated.body)).to.equal(200);
    const signIn = { ip: customer.ip, visitorKey: 'browser-of-zdenka' };
    await server.parts.affiliates.noteSignIn(shop.merchantId, shop.affiliates.ben, signIn);
    expect(await orderEverywhere(shop)).to.deep.equal([202, 200, 200]);
    const visit = { storeKey: shop.stores.custom.storeKey, code: 'anna', consent: true };
    const url =
      'https://custom.example/account/zdenka.buyerova@mailbox.example/reset?email=zdenka.buyerova@mailbox.example';
    expect(
      (await call({ url: server.url }, 'POST', '/collect/v1/touches', { ...visit, url })).status,
    ).to.equal(202);
    credited = (await shop.balanceOf('anna'))['EUR'] ?? 0;
    await server.stop();
    everything = await bytesOf(dataDir);
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('is credited to the affiliate on every platform', () => {
    expect(credited).to.equal(2000 + 100 + 100);
  });

  for (const fact of BUYER) {
    it(`leaves no "${fact}" in any byte of the data folder`, () => {
      expect(everything.toLowerCase().includes(fact.toLowerCase())).to.equal(false);
    });
  }

  it('leaves the affiliate, whose name must be there, so that the search can find something', () => {
    expect(everything).to.contain('anna@partners.example');
  });
});

describe('S8, S9: a buyer whose order was received and waits in the inbox', () => {
  let dataDir: string;
  let everything: string;
  let waiting: { reference: string; bytes: string; events: number }[];
  let credited: number;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'refledger-inbox-'));
    const clock = { now: new Date('2026-10-01T08:00:00Z') };
    const server = await startIn(dataDir, clock);
    const shop = await openShop({ server, url: server.url, clock, stop: () => server.stop() });
    clock.now = new Date('2026-10-02T10:05:00Z');
    await server.parts.dispatcher.stop();
    expect(await orderEverywhere(shop)).to.deep.equal([202, 200, 200]);
    await server.stop();
    everything = await bytesOf(dataDir);
    waiting = await readInbox(dataDir);
    const next = await startIn(dataDir, clock);
    await next.idle();
    credited = (await shop.at({ server: next, url: next.url, clock }).balanceOf('anna'))['EUR'] ?? 0;
    await next.stop();
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('has a delivery of every platform waiting, none of them applied', () => {
    expect(waiting.map(({ events }) => events)).to.deep.equal([1, 1, 1]);
    for (const { bytes } of waiting) expect(bytes).to.contain('anna');
  });

  for (const fact of BUYER) {
    it(`leaves no "${fact}" in what waits, nor in any byte of the data folder`, () => {
      const found = waiting.filter(({ bytes, reference }) =>
        (bytes + reference).toLowerCase().includes(fact.toLowerCase()),
      );
      expect(found).to.deep.equal([]);
      expect(everything.toLowerCase().includes(fact.toLowerCase())).to.equal(false);
    });
  }

  it('is credited to the affiliate when the server goes on, as if nothing had waited', () => {
    expect(credited).to.equal(2000 + 100 + 100);
  });
});

async function readInbox(dataDir: string) {
  const { connection, close } = await openDatabase({ mongodbUri: undefined, dataDir });
  const documents = await connection.collection('inbox').find({ expiresAt: null }).toArray();
  await close();
  return documents.map(({ reference, prepared, pendingEvents }) => ({
    reference: reference as string,
    bytes: Buffer.from((prepared as { buffer: Uint8Array }).buffer).toString('latin1'),
    events: (pendingEvents as unknown[]).length,
  }));
}
