import { expect } from 'chai';
import { parseBody } from '../../server/connectors/shopify/index.ts';
import { computeNetBase } from '../../server/flow/commissions/index.ts';
import { signedEvent } from '../../server/flow/ingest/signed-event.schema.ts';
import { translateSignedEvent } from '../../server/flow/ingest/translate-signed-event.ts';
import type { OrderSnapshot } from '../../server/shared/order.ts';
import { readTerms } from '../../server/shared/program-rules.ts';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { moneySet, shopifyLine, shopifyOrder, shopifyRefund } from '../support/shopify-payloads.ts';
import { wooOrder, wooRefund } from '../support/woocommerce-payloads.ts';
import { translatedSnapshot as fromShopify } from './shopify/translated.ts';
import { restSnapshot, translatedSnapshot as fromWooCommerce } from './woocommerce/translated.ts';

const withExtras = readTerms({ include: ['shipping', 'fees'] });
const shippingBase = (order: OrderSnapshot): bigint | undefined =>
  computeNetBase(order, withExtras).lines.find(({ kind }) => kind === 'shipping')?.base;

/** A shipping line of a Shopify body, in the shop's dollars and the buyer's euros. */
const carrier = (price: string, discounts: string[], tax: string, more: object = {}) => ({
  price,
  price_set: moneySet(price, 'USD', { amount: '99.99', currency: 'EUR' }),
  discount_allocations: discounts.map((amount) => ({ amount, amount_set: moneySet(amount, 'USD') })),
  tax_lines: [{ price: tax, price_set: moneySet(tax, 'USD') }],
  ...more,
});

describe('S4 shipping as Shopify tells it', () => {
  const shipped = (lines: object[], more: object = {}) =>
    fromShopify(shopifyOrder({ shipping_lines: lines, ...more })).shipping;

  it("is the price less its discounts, in the shop's own currency", () => {
    expect(shipped([carrier('14.90', ['4.90'], '0.80')])).to.deep.equal({
      id: 'shipping',
      net: 1000n,
      tax: 80n,
    });
  });

  it('is without the tax where prices include it', () => {
    const shipping = shipped([carrier('12.00', [], '2.00')], { taxes_included: true });
    expect(shipping).to.deep.equal({ id: 'shipping', net: 1000n, tax: 200n });
  });

  it('adds several parcels up, and leaves out what an edit removed', () => {
    const lines = [
      carrier('5.00', [], '0.40'),
      carrier('7.00', [], '0.56'),
      carrier('3.00', [], '0.24', { is_removed: true }),
    ];
    expect(shipped(lines)).to.deep.equal({ id: 'shipping', net: 1200n, tax: 96n });
  });

  it('given back lowers the base it was taken into, by its net amount (S6)', () => {
    const adjustments = [{ kind: 'shipping_refund', amount: '-5.00', tax: '-0.40' }];
    const order = shopifyOrder({
      shipping_lines: [carrier('10.00', [], '0.80')],
      refunds: [shopifyRefund({ adjustments })],
    });
    expect(fromShopify(order).refunds[0]).to.include({ shipping: 540n, shippingTax: 40n });
    expect(shippingBase(fromShopify(order))).to.equal(500n);
  });
});

describe('S4 an order discount that an old Shopify body allocates to no line', () => {
  it('goes by line weight, largest remainder: 1.00 over 20.00, 10.00, 10.00 is 0.50, 0.25, 0.25', () => {
    const lines = ['20.00', '10.00', '10.00'].map((price, index) => {
      const { discount_allocations: _none, ...line } = shopifyLine({ id: index + 1, price });
      return line;
    });
    const order = fromShopify(shopifyOrder({ line_items: lines, total_discounts: '1.00' }));
    expect(order.lines.map(({ discount }) => discount)).to.deep.equal([50n, 25n, 25n]);
  });

  it("is left alone where the platform's own allocation is there", () => {
    const lines = [shopifyLine({ id: 1, discounts: ['1.00'] }), shopifyLine({ id: 2 })];
    const order = fromShopify(shopifyOrder({ line_items: lines, total_discounts: '1.00' }));
    expect(order.lines.map(({ discount }) => discount)).to.deep.equal([100n, 0n]);
  });
});

describe('S7 fulfilment', () => {
  const fulfilments = [
    { status: 'success', created_at: '2026-11-21T10:00:00Z' },
    { status: 'success', created_at: '2026-11-22T10:00:00Z' },
    { status: 'cancelled', created_at: '2026-11-23T10:00:00Z' },
  ];

  it('is the last parcel of a Shopify order, once everything was sent', () => {
    const sent = shopifyOrder({ fulfillment_status: 'fulfilled', fulfillments: fulfilments });
    expect(fromShopify(sent).fulfilledAt).to.deep.equal(new Date('2026-11-22T10:00:00Z'));
    const partly = shopifyOrder({ fulfillment_status: 'partial', fulfillments: fulfilments });
    expect(fromShopify(partly).fulfilledAt).to.equal(null);
  });

  it('is the completion of a WooCommerce order', () => {
    const done = wooOrder({ status: 'completed', date_completed_gmt: '2026-11-22T10:00:00' });
    expect(fromWooCommerce(done).fulfilledAt).to.deep.equal(new Date('2026-11-22T10:00:00Z'));
    expect(fromWooCommerce(wooOrder()).fulfilledAt).to.equal(null);
  });
});

describe('S4 shipping and fees as WooCommerce tells them', () => {
  const order = wooOrder({
    shipping_lines: [{ id: 9, total: '7.50', total_tax: '0.64' }],
    fee_lines: [{ id: 7, total: '3.00', total_tax: '0.26' }],
  });

  it('are without tax, beside the goods', () => {
    expect(fromWooCommerce(order).shipping).to.deep.equal({ id: 'shipping', net: 750n, tax: 64n });
  });

  it('given back lower the base they were taken into (S6)', () => {
    const refund = wooRefund({ amount: '9.77', shipping: { total: '-7.50', tax: '-0.64' } });
    const fees = [
      { total: '-1.50', total_tax: '-0.13', meta_data: [{ key: '_refunded_item_id', value: '7' }] },
    ];
    const snapshot = restSnapshot(order, [{ ...refund, fee_lines: fees }]);
    expect(snapshot.refunds[0]).to.deep.include({ shipping: 814n, shippingTax: 64n, amountOnly: 0n });
    expect(snapshot.refunds[0]?.fees).to.deep.equal([{ id: '7', net: 150n, tax: 13n }]);
    const bases = computeNetBase(snapshot, withExtras).lines.map(({ kind, base }) => [kind, base]);
    expect(bases).to.deep.equal([['goods', 2000n], ['shipping', 0n], ['fee', 150n]]); // prettier-ignore
  });
});

describe('S4, S6, S7 what a signed event may tell', () => {
  const snapshotOf = (order: object): OrderSnapshot => {
    const delivery = translateSignedEvent(signedEvent.parse(anOrderEvent(order as Record<string, unknown>)));
    if (delivery.kind !== 'order') throw new Error(`no order but ${delivery.kind}`);
    return delivery.snapshot;
  };

  it('shipping, its refund with and without tax, fulfilment and a charge-back', () => {
    const refund = {
      id: 'r1',
      createdAt: '2026-10-03T10:00:00Z',
      amount: '6.00',
      lines: [],
      shipping: '6.00',
    };
    const told = {
      shipping: { total: '10.00', totalTax: '2.00' },
      fulfilledAt: '2026-10-03T09:00:00Z',
      chargeback: 'open',
    };
    const open = snapshotOf({ ...told, refunds: [refund] });
    expect(open).to.deep.include({
      shipping: { id: 'shipping', net: 1000n, tax: 200n },
      fulfilledAt: new Date('2026-10-03T09:00:00Z'),
      chargeback: 'open',
    });
    expect(shippingBase(open)).to.equal(500n);
    expect(shippingBase(snapshotOf({ ...told, refunds: [{ ...refund, shippingTax: '0.50' }] }))).to.equal(
      450n,
    );
  });

  it('nothing of it, as before', () => {
    expect(snapshotOf({})).to.deep.include({
      shipping: { id: 'shipping', net: 0n, tax: 0n },
      fulfilledAt: null,
      chargeback: 'none',
    });
  });

  it('refuses a state of a charge-back that does not exist', () => {
    expect(signedEvent.safeParse(anOrderEvent({ chargeback: 'maybe' })).success).to.equal(false);
  });
});

describe('a Shopify id above 2^53', () => {
  it('is read as it is written, by whoever reads recorded bodies as well', () => {
    expect(parseBody(Buffer.from('{"id":820982911946154508}'))).to.deep.equal({ id: '820982911946154508' });
  });
});
