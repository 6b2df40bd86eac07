import { expect } from 'chai';
import { translateDelivery } from '../../../server/connectors/woocommerce/translate-delivery.ts';
import { computeNetBase } from '../../../server/flow/commissions/index.ts';
import { wooLine, wooOrder } from '../../support/woocommerce-payloads.ts';
import { catchRefusal } from '../catch-refusal.ts';
import { translatedOrder, translatedSnapshot } from './translated.ts';

const PAID = '2026-11-20T10:05:00';
const COMPLETED = '2026-11-22T08:00:00';

describe('A WooCommerce order becomes a snapshot', () => {
  it('keeps its id, number, times and state; times are UTC', () => {
    expect(translatedSnapshot(wooOrder())).to.deep.include({
      externalId: '57',
      number: '57',
      currency: 'USD',
      createdAt: new Date('2026-11-20T10:00:00Z'),
      updatedAt: new Date('2026-11-20T10:00:05Z'),
      status: 'processing',
      cancelled: false,
      removed: false,
      test: false,
    });
  });

  for (const [what, facts, payment, paidAt] of [
    ['date_paid', { date_paid_gmt: PAID }, 'paid', PAID],
    ['on-hold with date_paid', { status: 'on-hold', date_paid_gmt: PAID }, 'paid', PAID],
    [
      'completed without date_paid',
      { status: 'completed', date_completed_gmt: COMPLETED },
      'paid',
      COMPLETED,
    ],
    ['pending', { status: 'pending' }, 'unpaid', null],
    ['on-hold', { status: 'on-hold' }, 'unpaid', null],
    ['processing without date_paid', { status: 'processing' }, 'unpaid', null],
    ['failed', { status: 'failed' }, 'void', null],
    ['cancelled after payment', { status: 'cancelled', date_paid_gmt: PAID }, 'void', PAID],
    ['refunded', { status: 'refunded' }, 'paid', null],
    ['a status of the shop', { status: 'shipped' }, 'unknown', null],
    ['the trash', { status: 'trash' }, 'unknown', null],
  ] as const) {
    it(`counts ${what} as ${payment} (S7)`, () => {
      const expected = { payment, paidAt: paidAt === null ? null : new Date(`${paidAt}Z`) };
      expect(translatedSnapshot(wooOrder(facts))).to.deep.include(expected);
    });
  }

  it('is cancelled by its status and removed in the trash', () => {
    expect(translatedSnapshot(wooOrder({ status: 'cancelled' })).cancelled).to.equal(true);
    expect(translatedSnapshot(wooOrder({ status: 'trash' })).removed).to.equal(true);
  });
});

describe('The lines of a WooCommerce order', () => {
  const lineOf = (line: object, order: Record<string, unknown> = {}) => {
    const [first] = translatedSnapshot(wooOrder({ line_items: [line], ...order })).lines;
    if (!first) throw new Error('no line');
    return first;
  };

  it('are subtotal, less the discount, and never the price with its noise', () => {
    const line = lineOf(wooLine({ quantity: 3, subtotal: '60.00', total: '50.24', tax: '4.27' }));
    expect(line).to.deep.include({ listed: 6000n, discount: 976n, tax: 427n, quantity: 3, productId: '11' });
  });

  it('are without tax also where prices include it', () => {
    const order = { prices_include_tax: true, currency: 'EUR' };
    const line = wooLine({ subtotal: '16.81', total: '15.12', tax: '2.87' });
    expect(lineOf(line, order).taxIncluded).to.equal(false);
    expect(computeNetBase(translatedSnapshot(wooOrder({ line_items: [line], ...order }))).total).to.equal(
      1512n,
    );
  });

  it('count a fraction sold by weight as whole units and keep its amount', () => {
    expect(lineOf(wooLine({ quantity: 1.5, subtotal: '7.50' }))).to.include({ quantity: 2, listed: 750n });
  });

  it('have no product once it was deleted', () => {
    expect(lineOf(wooLine({ productId: 0 })).productId).to.equal(null);
  });

  for (const [currency, subtotal, minor] of [
    ['JPY', '5997', 5997n],
    ['JPY', '5997.00', 5997n],
    ['KWD', '10.005', 10_005n],
    ['KWD', '1.23', 1230n],
  ] as const) {
    it(`read ${subtotal} ${currency} as ${minor} minor units (S1)`, () => {
      expect(lineOf(wooLine({ subtotal }), { currency }).listed).to.equal(minor);
    });
  }

  it('are not taken with more decimals than the currency has: the order is to be read', () => {
    const body = wooOrder({ id: 58, line_items: [wooLine({ subtotal: '19.999' })] });
    expect(translateDelivery('order.created', body)).to.deep.equal({
      kind: 'read-request',
      orderExternalId: '58',
      reason: 'amounts are shown with too many decimals',
    });
  });

  it('lower the others when they are below zero, as a discount that a plugin wrote', () => {
    const lines = [
      wooLine({ subtotal: '100.00' }),
      wooLine({ id: 102, subtotal: '-40.00', total: '-40.00' }),
    ];
    expect(computeNetBase(translatedSnapshot(wooOrder({ line_items: lines }))).total).to.equal(6000n);
  });

  it('come through whatever plugins wrote into the evidence', () => {
    for (const meta_data of [null, 'nothing', [null, { key: '_refledger_ref', value: 'ANNA' }]]) {
      const delivery = translateDelivery(
        'order.created',
        wooOrder({ meta_data, date_created_gmt: '2026-11-20T10:00:00Z' }),
      );
      expect(delivery.kind).to.equal('order');
    }
  });

  it('are hints only in a currency of three decimals, which a webhook may have cut', () => {
    for (const [currency, provisional] of [
      ['KWD', true],
      ['EUR', false],
      ['JPY', false],
    ] as const) {
      const delivery = translateDelivery(
        'order.created',
        wooOrder({ currency, line_items: [wooLine({ subtotal: '10', total: '10' })] }),
      );
      expect(delivery.kind === 'order' && delivery.snapshot.provisional, currency).to.equal(provisional);
    }
  });

  it('are refused in a currency that ISO 4217 does not know', () => {
    const { issues } = catchRefusal(() => lineOf(wooLine(), { currency: 'ZZZ' }));
    expect(issues[0]?.message).to.include('not a currency of ISO 4217');
  });

  for (const total of ['16.7466e1', '', 16.75, 'gina@example.test']) {
    it(`are refused when a total is ${JSON.stringify(total)}`, () => {
      const { code, issues } = catchRefusal(() => lineOf({ ...wooLine(), total }));
      expect(code).to.equal('invalid-input');
      expect(issues.map(({ path }) => path)).to.deep.equal(['line_items.0.total']);
      expect(JSON.stringify(issues)).to.not.include('gina');
    });
  }
});

describe('A fee of a WooCommerce order', () => {
  it('stays a fee, and a negative one lowers the base of the lines (S4)', () => {
    const fee_lines = [{ id: 7, name: 'Loyalty', total: '-5.00', total_tax: '-0.40' }];
    const snapshot = translatedSnapshot(wooOrder({ fee_lines }));
    expect(snapshot.fees).to.deep.equal([{ id: '7', net: -500n, tax: -40n }]);
    expect(computeNetBase(snapshot).total).to.equal(1500n);
  });
});

describe('The evidence on a WooCommerce order', () => {
  const evidenceOf = (facts: Record<string, unknown>) => translatedOrder(wooOrder(facts)).evidence;

  it('is every coupon as it was found, in order', () => {
    expect(evidenceOf({ coupon_lines: [{ code: 'anna10' }, { code: 'tom &amp; co' }] })).to.deep.equal([
      { kind: 'coupon', code: 'anna10', position: 0 },
      { kind: 'coupon', code: 'tom &amp; co', position: 1 },
    ]);
  });

  it('is what our plugin wrote into the meta', () => {
    const meta_data = [
      { id: 1, key: '_refledger_ref', value: 'ANNA' },
      { id: 2, key: '_refledger_click_id', value: 't-1' },
      { id: 3, key: 'is_vat_exempt', value: 'no' },
      { id: 4, key: '_refledger_ref', value: { not: 'text' } },
    ];
    expect(evidenceOf({ meta_data })).to.deep.equal([
      { kind: 'code', code: 'ANNA', carrier: 'order meta', statedAt: null },
      { kind: 'touch', touchId: 't-1', carrier: 'order meta' },
    ]);
  });

  it('is the browser and the time of the visit, which our plugin wrote beside the code', () => {
    const value = '{"source":"cookie","visitor":"1-2-3-4","landedAt":"2026-11-20T10:00:00Z"}';
    const meta_data = [
      { id: 1, key: '_refledger_ref', value: 'ANNA' },
      { id: 2, key: '_refledger_evidence', value },
    ];
    const statedAt = new Date('2026-11-20T10:00:00Z');
    expect(evidenceOf({ meta_data })).to.deep.equal([
      { kind: 'code', code: 'ANNA', carrier: 'order meta', statedAt },
      { kind: 'visitor', visitorKey: '1-2-3-4', carrier: 'order meta' },
    ]);
  });

  for (const value of ['{', '[]', 'null', '{"visitor":5,"landedAt":[]}', { visitor: '1-2' }, null]) {
    it(`is nothing more where others wrote ${JSON.stringify(value)} there`, () => {
      expect(evidenceOf({ meta_data: [{ id: 1, key: '_refledger_evidence', value }] })).to.deep.equal([]);
    });
  }

  it("is the code of the session's first page, however long its address", () => {
    const value = `https://shop.test/?utm_campaign=${'x'.repeat(300)}&ref=ANNA`;
    const meta_data = [{ id: 1, key: '_wc_order_attribution_session_entry', value }];
    expect(evidenceOf({ meta_data })).to.deep.equal([
      { kind: 'code', code: 'ANNA', carrier: 'landing page', statedAt: null },
    ]);
  });

  for (const value of ['', 'not an address', 'https://shop.test/', 'https://shop.test/?ref=', 5]) {
    it(`is nothing when the first page is ${JSON.stringify(value)}`, () => {
      const meta_data = [{ id: 1, key: '_wc_order_attribution_session_entry', value }];
      expect(evidenceOf({ meta_data })).to.deep.equal([]);
    });
  }
});

describe('The buyer of a WooCommerce order', () => {
  it('is described by account, e-mail and billing address', () => {
    expect(translatedOrder(wooOrder({ customer_id: 2 })).buyer).to.deep.equal({
      customerId: '2',
      email: 'gina@example.test',
      address: { country: 'US', postcode: '94105', city: 'San Francisco', line1: '2 Market St' },
      emailHash: null,
      addressHash: null,
      earlierOrders: null,
    });
  });

  it('has no account as a guest', () => {
    expect(translatedOrder(wooOrder()).buyer.customerId).to.equal(null);
  });
});
