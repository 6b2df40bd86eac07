import { expect } from 'chai';
import { anOrder } from '../../../support/an-order.ts';
import { flat } from '../../../support/receipts.ts';
import { back, earns, two } from './earn-by-rules.ts';

const perLine = flat('line', { EUR: 120 });

describe('S5 flat per line', () => {
  for (const [what, order, expected] of [
    ['two lines: 2 x 1.20 = 2.40', two, '2.40'],
    ['one of three units given back: 2.40', back({ 'line-1': { net: '10.00', quantity: 1 } }), '2.40'],
    ['a line given back whole: 1.20', back({ 'line-2': { net: '4.00', quantity: 1 } }), '1.20'],
    ['a line given back by its whole amount, no units named: 1.20', back({ 'line-2': { net: '4.00', quantity: 0 } }), '1.20'],
    ['everything given back as an amount: 2.40', two.refund({ amountOnly: '34.00' }), '2.40'],
    ['a line that an edit took off: 1.20', anOrder().line({ price: '4.00', removedUnits: 1 }).line({ price: '1.00' }), '1.20'],
  ] as const) {
    it(what, () => {
      expect(earns(order, perLine)).to.equal(expected);
    });
  } // prettier-ignore
});
