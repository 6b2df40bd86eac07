import { expect } from 'chai';
import { validateRules } from '../../../../server/flow/commissions/index.ts';
import { anOrder } from '../../../support/an-order.ts';
import { percent } from '../../../support/receipts.ts';
import { back, compute, earns, two } from './earn-by-rules.ts';

describe('S5 percent', () => {
  for (const [what, order, ratePpm, expected] of [
    ['20 % of 34.00 = 6.80', two, 200_000, '6.80'],
    ['20 % of 24.00, after one of three units went back = 4.80', back({ 'line-1': { net: '10.00', quantity: 1 } }), 200_000, '4.80'],
    ['20 % of 29.00, after 5.00 went back as an amount = 5.80', two.refund({ amountOnly: '5.00' }), 200_000, '5.80'],
    ['100 % of 34.00 = 34.00', two, 1_000_000, '34.00'],
    ['0 % = 0.00', two, 0, '0.00'],
    ['0.0001 % of 34.00 is less than a cent = 0.00', two, 1, '0.00'],
    ['10 % of 0.05: half a cent goes up (S1) = 0.01', anOrder().line({ price: '0.05' }), 100_000, '0.01'],
    ['10 % of 0.14: less than half goes down (S1) = 0.01', anOrder().line({ price: '0.14' }), 100_000, '0.01'],
    ['12.5 % of JPY 900: 112.5 is JPY 113', anOrder().in('JPY').line({ price: '900' }), 125_000, '113'],
    ['12.5 % of KWD 1.000 = KWD 0.125', anOrder().in('KWD').line({ price: '1.000' }), 125_000, '0.125'],
  ] as const) {
    it(what, () => {
      expect(earns(order, percent(ratePpm))).to.equal(expected);
    });
  } // prettier-ignore

  it('shows the arithmetic in words', () => {
    expect(compute(two, percent(200_000)).lines[0]?.words).to.equal('20 % of 30.00 EUR is 6.00 EUR');
  });

  it('is written as whole parts per million, from nothing to everything', () => {
    const issuesOf = (ratePpm: unknown) =>
      validateRules([{ id: 'x', kind: 'percent', args: { ratePpm }, scope: {} }]).map(({ path }) => path);
    for (const good of [0, 200_000, 1_000_000]) expect(issuesOf(good)).to.deep.equal([]);
    for (const bad of [-1, 0.5, 1_000_001, '200000', undefined]) {
      expect(issuesOf(bad)).to.deep.equal(['rules.0.args.ratePpm']);
    }
  });
});
