import { expect } from 'chai';
import { anOrder } from '../../../support/an-order.ts';
import { flat, percent } from '../../../support/receipts.ts';
import { back, compute, earns, two } from './earn-by-rules.ts';

const perOrder = flat('order', { EUR: 500 });

describe('S5 flat per order', () => {
  for (const [what, order, expected] of [
    ['two lines together: 5.00 once', two, '5.00'],
    ['one line left: 5.00', back({ 'line-1': { net: '30.00', quantity: 3 } }), '5.00'],
    ['0.01 left: 5.00', two.refund({ amountOnly: '33.99' }), '5.00'],
    ['everything given back as an amount: 0.00', two.refund({ amountOnly: '34.00' }), '0.00'],
    ['an order of 0.00: 0.00', anOrder().line({ price: '4.00', discount: '4.00' }), '0.00'],
    ['no lines at all: 0.00', anOrder(), '0.00'],
  ] as const) {
    it(what, () => {
      expect(earns(order, perOrder)).to.equal(expected);
    });
  }

  it('shows the amount once beside the lines, with the base of the lines that chose it', () => {
    const { lines, orderCommissions } = compute(two, perOrder);
    expect(lines.map(({ commission }) => commission)).to.deep.equal([0n, 0n]);
    expect(orderCommissions).to.have.length(1);
    expect(orderCommissions[0]).to.deep.include({
      lineIds: ['line-1', 'line-2'],
      base: 3400n,
      commission: 500n,
    });
    expect(orderCommissions[0]?.words).to.equal('5.00 EUR once for a base of 34.00 EUR');
  });

  it('is due for its own lines only: a product with a percentage does not keep it alive', () => {
    const tea = percent(100_000, { productId: 'tea' }, 'tea');
    expect(earns(two, perOrder, tea)).to.equal('8.00');
    expect(earns(back({ 'line-2': { net: '4.00' } }), perOrder, tea)).to.equal('3.00');
  });

  it('pays two rules that different lines chose once each', () => {
    const tea = flat('order', { EUR: 200 }, { productId: 'tea' }, 'tea');
    expect(earns(two, perOrder, tea)).to.equal('7.00');
  });
});
