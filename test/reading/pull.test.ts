import { expect } from 'chai';
import { wooLine } from '../support/woocommerce-payloads.ts';
import { openReadShop, refund, type ReadShop } from './a-read-shop.ts';

/** 20 % of 20.00 EUR. */
const FULL = 400;

describe('A WooCommerce shop that sends nothing and is only read', function () {
  this.timeout(60_000);
  let the: ReadShop;
  beforeEach(async () => {
    the = await openReadShop();
  });
  afterEach(() => the.stop());

  it('its orders earn, are refunded, edited, trashed, restored and deleted like those that are told (S6)', async () => {
    the.sell(1);
    await the.read();
    expect(await the.earned(), 'sold').to.equal(FULL);

    the.woo.addRefund(1, refund(90, '5.00'), the.later(10));
    await the.read();
    expect(await the.earned(), '5.00 of 20.00 given back').to.equal(300);

    the.woo.deleteRefund(1, 90);
    the.later(10);
    await the.read();
    expect(await the.earned(), 'the refund was deleted, which moves no date').to.equal(FULL);

    the.later(10);
    the.sell(1, { date_created_gmt: '2026-11-21T08:00:00', line_items: [wooLine({ subtotal: '40.00' })] });
    await the.read();
    expect(await the.earned(), 'edited to 40.00').to.equal(800);

    the.woo.trash(1, the.later(10));
    await the.read();
    expect(await the.earned(), 'trashed').to.equal(0);

    the.woo.untrash(1, the.later(10));
    await the.read();
    expect(await the.earned(), 'restored').to.equal(800);

    the.woo.deleteForGood(1);
    the.later(10);
    await the.read();
    expect(await the.earned(), 'deleted for good, which sends nothing').to.equal(0);
    expect((await the.versionsOf(1)).at(-1)).to.include({ removed: true, channel: 'store-api' });
  });

  it('a draft leaves nothing here', async () => {
    the.sell(1, { status: 'checkout-draft' });
    await the.read();
    expect(await the.orderOf(1)).to.equal(undefined);
  });

  it('a shop whose WooCommerce is switched off deletes no order: 404 must be the word of WooCommerce', async () => {
    the.sell(1);
    await the.read();
    the.later(10);
    the.woo.setFault(({ path }) => (path.endsWith('/orders/1') ? 'no-routes' : undefined));
    await the.read();
    expect(await the.earned()).to.equal(FULL);
    const state = await the.at.server.parts.pull.stateOf(the.shop.merchantId, the.shop.stores.woocommerce.id);
    expect(state.failure?.code).to.equal('not-found');
  });

  it('three decimals are read as three, two as two (dp)', async () => {
    the.sell(1);
    the.sell(2, { currency: 'KWD', line_items: [wooLine({ subtotal: '1.234' })] });
    await the.read();
    expect((await the.versionsOf(2))[0].lines[0].listed).to.deep.equal({ amount: 1234, currency: 'KWD' });
    expect((await the.versionsOf(1))[0].lines[0].listed).to.deep.equal({ amount: 2000, currency: 'EUR' });
  });

  it('one order that cannot be understood holds up no other, and is read again when it can be', async () => {
    the.sell(1, { line_items: [{ ...wooLine(), quantity: 'two' }] });
    the.sell(2);
    await the.read();
    expect(await the.earned()).to.equal(FULL);
    expect(await the.orderOf(1)).to.include({ parked: true, needsRead: true });
    the.sell(1);
    the.later(10);
    await the.read();
    expect(await the.earned()).to.equal(2 * FULL);
    expect(await the.orderOf(1)).to.include({ parked: false, needsRead: false });
  });

  it('a reading that breaks anywhere goes on where it stood, and loses nothing', async () => {
    for (let id = 1; id <= 12; id += 1) the.sell(id);
    for (let id = 1; id <= 12; id += 3) the.woo.addRefund(id, refund(100 + id, '5.00'), the.later());
    for (let broken = 1; broken < 14; broken += 1) {
      let left = broken;
      the.woo.setFault(() => ((left -= 1) < 0 ? 'unauthorised' : undefined));
      await the.read();
    }
    the.woo.setFault(undefined);
    await the.read();
    expect(await the.earned()).to.equal(8 * 400 + 4 * 300);
  });
});
