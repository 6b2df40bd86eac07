import { expect } from 'chai';
import { computeCommission } from '../../../../server/flow/commissions/index.ts';
import { anOrder } from '../../../support/an-order.ts';
import { flat, percent, rules } from '../../../support/receipts.ts';
import { back, compute, earns, sale, two } from './earn-by-rules.ts';

const perUnit = flat('unit', { EUR: 50 });

describe('S5 flat per unit', () => {
  for (const [what, order, expected] of [
    ['3 + 1 units: 4 x 0.50 = 2.00', two, '2.00'],
    ['two of three given back: 2 x 0.50 = 1.00', back({ 'line-1': { net: '20.00', quantity: 2 } }), '1.00'],
    ['5.00 given back as an amount: 2.00', two.refund({ amountOnly: '5.00' }), '2.00'],
    ['money of a line given back, no units: 2.00', back({ 'line-1': { net: '5.00', quantity: 0 } }), '2.00'],
    ['one of two taken off by an edit, the other given back: 0.00',
      anOrder().line({ price: '10.00', quantity: 2, removedUnits: 1 }).refund({ lines: { 'line-1': { net: '10.00' } } }), '0.00'],
    ['more units given back than there were: 0.50', back({ 'line-1': { net: '30.00', quantity: 7 } }), '0.50'],
    ['a refund whose payment failed: 2.00', two.refund({ lines: { 'line-1': { net: '10.00' } }, made: false }), '2.00'],
  ] as const) {
    it(what, () => {
      expect(earns(order, perUnit)).to.equal(expected);
    });
  } // prettier-ignore

  it('shows the arithmetic in words', () => {
    expect(compute(two, perUnit).lines[0]?.words).to.equal('3 x 0.50 EUR is 1.50 EUR');
  });

  it('counts in the minor units of each currency: 3 x JPY 60 = JPY 180, 2 x KWD 0.125 = KWD 0.250', () => {
    const unit = flat('unit', { JPY: 60, KWD: 125 });
    expect(earns(anOrder().in('JPY').line({ price: '900', quantity: 3 }), unit)).to.equal('180');
    expect(earns(anOrder().in('KWD').line({ price: '1.000', quantity: 2 }), unit)).to.equal('0.250');
  });
});

describe('S4, S5 what leaves the base', () => {
  it('earns nothing by the line or the unit: a gift card, an excluded product', () => {
    const order = two.line({ price: '50.00', giftCard: true });
    const version = rules([perUnit], { exclude: { productIds: ['cup'], categoryIds: [] } });
    const { lines } = computeCommission(order.build(), sale, version);
    expect(lines.map(({ commission }) => commission)).to.deep.equal([150n, 0n, 0n]);
  });

  it('shipping in the base is paid by the percentage and not by the unit', () => {
    const order = two.shipping('6.00', '1.20');
    const version = rules([percent(100_000), flat('unit', { EUR: 50 }, { affiliateId: 'anna' })], {
      include: ['shipping'],
    });
    const { lines, target } = computeCommission(order.build(), sale, version);
    expect(lines.map(({ kind, commission }) => [kind, commission])).to.deep.equal([
      ['goods', 150n],
      ['goods', 50n],
      ['shipping', 60n],
    ]);
    expect(lines[2]?.passedOver[0]?.reason).to.equal('only goods are paid by the unit');
    expect(target).to.equal(260n);
  });
});
