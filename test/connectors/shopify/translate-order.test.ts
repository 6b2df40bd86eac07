import { expect } from 'chai';
import { moneySet, shopifyLine, shopifyOrder, shopifyRefund } from '../../support/shopify-payloads.ts';
import { catchRefusal } from '../catch-refusal.ts';
import { translatedSnapshot } from './translated.ts';

describe('A Shopify order becomes a snapshot', () => {
  it('keeps its id, name, times and state', () => {
    const snapshot = translatedSnapshot(shopifyOrder());
    expect(snapshot).to.deep.include({
      externalId: '7000000000001',
      number: '#1001',
      currency: 'USD',
      createdAt: new Date('2026-11-20T15:00:00Z'),
      updatedAt: new Date('2026-11-20T15:00:05Z'),
      status: 'paid',
      payment: 'paid',
      cancelled: false,
      removed: false,
      test: false,
    });
  });

  it('marks a test order, which never earns (S4)', () => {
    expect(translatedSnapshot(shopifyOrder({ test: true })).test).to.equal(true);
  });

  it('is cancelled once it has a date of cancellation', () => {
    expect(
      translatedSnapshot(shopifyOrder({ cancelled_at: '2026-11-20T11:00:00-05:00' })).cancelled,
    ).to.equal(true);
  });

  for (const [status, payment] of [
    ['paid', 'paid'],
    ['partially_refunded', 'paid'],
    ['refunded', 'paid'],
    ['partially_paid', 'unpaid'],
    ['authorized', 'unpaid'],
    ['pending', 'unpaid'],
    ['voided', 'void'],
    ['expired', 'void'],
    ['something_new', 'unknown'],
    [null, 'unknown'],
  ] as const) {
    it(`counts financial_status ${status} as ${payment} (S7)`, () => {
      expect(translatedSnapshot(shopifyOrder({ financial_status: status })).payment).to.equal(payment);
    });
  }
});

describe('The lines of a Shopify order', () => {
  const lineOf = (line: object, order: object = {}) => {
    const [first] = translatedSnapshot(shopifyOrder({ line_items: [line], ...order })).lines;
    if (!first) throw new Error('no line');
    return first;
  };

  it('list 3 x 19.99 USD as 59.97, less all discounts allocated to the line', () => {
    const line = lineOf(
      shopifyLine({ price: '19.99', quantity: 3, discounts: ['6.00', '0.75'], tax: '4.26' }),
    );
    expect(line).to.deep.include({
      listed: 5997n,
      discount: 675n,
      tax: 426n,
      taxIncluded: false,
      quantity: 3,
    });
  });

  it('say when their price contains the tax', () => {
    expect(lineOf(shopifyLine({ tax: '3.33' }), { taxes_included: true })).to.include({
      taxIncluded: true,
      tax: 333n,
    });
  });

  it('count a bought gift card as one, so that it stays outside the base', () => {
    expect(lineOf(shopifyLine({ giftCard: true })).giftCard).to.equal(true);
  });

  it('leave out a tip, which is a line of its own', () => {
    const lines = [shopifyLine({ id: 1 }), shopifyLine({ id: 2, tip: true })];
    expect(translatedSnapshot(shopifyOrder({ line_items: lines })).lines.map(({ id }) => id)).to.deep.equal([
      '1',
    ]);
  });

  for (const [currency, price, minor] of [
    ['JPY', '1505', 1505n],
    ['JPY', '1505.00', 1505n],
    ['KWD', '10.005', 10005n],
    ['EUR', '0.1', 10n],
  ] as const) {
    it(`read ${price} ${currency} as ${minor} minor units (S1)`, () => {
      expect(lineOf(shopifyLine({ price, currency }), { currency }).listed).to.equal(minor);
    });
  }

  it("are in the shop's currency when the buyer paid in another", () => {
    const line = shopifyLine({ price: '689.28', currency: 'CAD' });
    line['price_set'] = moneySet('689.28', 'CAD', { amount: '511.00', currency: 'USD' });
    const order = { currency: 'CAD', presentment_currency: 'USD' };
    expect(lineOf(line, order).listed).to.equal(68_928n);
  });

  it('are read from the plain amounts where an older body has no sets', () => {
    const line = shopifyLine({ price: '299.00' });
    delete line['price_set'];
    delete line['current_quantity'];
    expect(lineOf(line)).to.include({ listed: 29_900n, removedUnits: 0 });
  });

  describe('after an edit', () => {
    it('know the units that were taken off', () => {
      expect(lineOf(shopifyLine({ quantity: 3, currentQuantity: 1 })).removedUnits).to.equal(2);
    });

    it('do not count refunded units as taken off once more', () => {
      const line = shopifyLine({ quantity: 3, currentQuantity: 0 });
      const refunds = [shopifyRefund({ lines: [{ quantity: 2, subtotal: '40.00' }] })];
      expect(lineOf(line, { refunds }).removedUnits).to.equal(1);
    });

    it('do not count units of a failed refund as taken off', () => {
      const transactions = [{ status: 'failure', amount: '20.00' }];
      const refunds = [shopifyRefund({ lines: [{ subtotal: '20.00' }], transactions })];
      expect(lineOf(shopifyLine({ currentQuantity: 0 }), { refunds }).removedUnits).to.equal(0);
    });
  });
});

describe('A Shopify order with amounts that cannot be right', () => {
  const refusalOf = (order: Record<string, unknown>) =>
    catchRefusal(() => translatedSnapshot(shopifyOrder(order)));

  it('is refused when an amount has more decimals than its currency, naming the place', () => {
    const { code, issues } = refusalOf({ line_items: [shopifyLine({ price: '19.999' })] });
    expect(code).to.equal('invalid-input');
    expect(issues).to.deep.equal([{ path: 'line_items.0.price', message: 'has more decimals than USD (2)' }]);
  });

  it('is refused when shop money is in another currency than the order', () => {
    const { issues } = refusalOf({ line_items: [shopifyLine({ currency: 'EUR' })] });
    expect(issues).to.deep.equal([
      { path: 'line_items.0.price', message: "is in EUR, not in the shop's USD" },
    ]);
  });

  it('is refused when ISO 4217 does not know its currency', () => {
    const { issues } = refusalOf({ currency: 'ZZZ', line_items: [shopifyLine({ currency: 'ZZZ' })] });
    expect(issues[0]?.message).to.include('not a currency of ISO 4217');
  });

  for (const price of ['1e3', '12,50', '', 'buyer@example.test']) {
    it(`is refused when a price is "${price}", without repeating it`, () => {
      const { code, issues } = refusalOf({ line_items: [{ ...shopifyLine(), price }] });
      expect(code).to.equal('invalid-input');
      expect(issues).to.deep.equal([{ path: 'line_items.0.price', message: 'is not a decimal amount' }]);
    });
  }
});
