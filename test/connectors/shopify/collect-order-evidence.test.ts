import { expect } from 'chai';
import { shopifyLine, shopifyOrder } from '../../support/shopify-payloads.ts';
import { translatedOrder } from './translated.ts';

const evidenceOf = (order: Record<string, unknown>) => translatedOrder(shopifyOrder(order)).evidence;

describe('The evidence on a Shopify order', () => {
  it("is every discount code, in the platform's order", () => {
    expect(evidenceOf({ discount_codes: [{ code: 'ANNA10' }, { code: 'bob5' }] })).to.deep.equal([
      { kind: 'coupon', code: 'ANNA10', position: 0 },
      { kind: 'coupon', code: 'bob5', position: 1 },
    ]);
  });

  it('is a code that only the applications name, after the others and once', () => {
    const order = {
      discount_codes: [{ code: 'ANNA10' }],
      discount_applications: [
        { type: 'discount_code', code: 'ANNA10' },
        { type: 'discount_code', code: 'SHIP' },
        { type: 'automatic', title: 'Summer' },
      ],
    };
    expect(evidenceOf(order).map((one) => one.kind === 'coupon' && one.code)).to.deep.equal([
      'ANNA10',
      'SHIP',
    ]);
  });

  it('is a code and a touch in the cart attributes, with one underscore or two', () => {
    const note_attributes = [
      { name: '_aff_ref', value: 'ANNA' },
      { name: '__aff_ref', value: 'BOB' },
      { name: '_aff_click', value: 't-1' },
      { name: 'colour', value: 'green' },
    ];
    expect(evidenceOf({ note_attributes })).to.deep.equal([
      { kind: 'code', code: 'ANNA', carrier: 'cart attribute', statedAt: null },
      { kind: 'code', code: 'BOB', carrier: 'cart attribute', statedAt: null },
      { kind: 'touch', touchId: 't-1', carrier: 'cart attribute' },
    ]);
  });

  it('is a code on a line that skipped the cart', () => {
    const line_items = [shopifyLine({ properties: [{ name: '_aff_ref', value: 'ANNA' }] })];
    expect(evidenceOf({ line_items })).to.deep.equal([
      { kind: 'code', code: 'ANNA', carrier: 'line property', statedAt: null },
    ]);
  });

  it('is nothing in line properties of another shape, and the order still counts', () => {
    expect(
      evidenceOf({ line_items: [{ ...shopifyLine(), properties: { _aff_ref: 'ANNA' } }] }),
    ).to.deep.equal([]);
  });

  for (const landing_site of ['/products/tee?utm_source=x&ref=ANNA', 'https://shop.test/?ref=ANNA']) {
    it(`is the code of the landing page ${landing_site}`, () => {
      expect(evidenceOf({ landing_site })).to.deep.equal([
        { kind: 'code', code: 'ANNA', carrier: 'landing page', statedAt: null },
      ]);
    });
  }

  for (const landing_site of [null, '', '/', '/?ref=', '/?source=abc', 'http://[broken']) {
    it(`is nothing for the landing page ${landing_site}`, () => {
      expect(evidenceOf({ landing_site })).to.deep.equal([]);
    });
  }

  it('is nothing in marks that are empty, not text, or too long to be a code', () => {
    const values = ['', '  ', null, true, ['ANNA'], 'A'.repeat(256)];
    const note_attributes = values.map((value) => ({ name: '_aff_ref', value }));
    expect(evidenceOf({ note_attributes })).to.deep.equal([]);
  });

  for (const source_name of ['pos', 'shopify_draft_order', 'subscription_contract', '1234567']) {
    it(`is the coupons alone on an order of ${source_name}`, () => {
      const order = {
        source_name,
        landing_site: '/?ref=ANNA',
        note_attributes: [{ name: '_aff_ref', value: 'ANNA' }],
        discount_codes: [{ code: 'BOB5' }],
      };
      expect(evidenceOf(order)).to.deep.equal([{ kind: 'coupon', code: 'BOB5', position: 0 }]);
    });
  }
});

describe('The buyer of a Shopify order', () => {
  it('is described by id, e-mail and billing address', () => {
    expect(translatedOrder(shopifyOrder()).buyer).to.deep.equal({
      customerId: '31',
      email: 'gina@example.test',
      address: { country: 'US', postcode: '94105', city: 'San Francisco', line1: '2 Market St' },
      emailHash: null,
      addressHash: null,
      earlierOrders: null,
    });
  });

  it('is nobody where Shopify withholds protected data', () => {
    const { buyer } = translatedOrder(shopifyOrder({ email: null, customer: null, billing_address: null }));
    expect(buyer).to.include({ customerId: null, email: null, address: null });
  });
});
