import { expect } from 'chai';
import { computeCommission, computeNetBase } from '../../../server/flow/commissions/index.ts';
import { formatMinorUnits } from '../../../server/shared/minor-units.ts';
import { readTerms, type RuleTerms } from '../../../server/shared/program-rules.ts';
import { anOrder } from '../../support/an-order.ts';
import { percent, rules } from '../../support/receipts.ts';

type Builder = ReturnType<typeof anOrder>;

function bases(order: Builder, terms: Partial<RuleTerms> = {}): string[] {
  const snapshot = order.build();
  return computeNetBase(snapshot, readTerms(terms)).lines.map(({ base }) =>
    formatMinorUnits(base, snapshot.currency),
  );
}

const goods = anOrder().line({ price: '60.00', tax: '12.00' }).line({ price: '30.00', tax: '6.00' });
const sent = goods.shipping('10.00', '2.00');
const withShipping: Partial<RuleTerms> = { include: ['shipping'] };
const withFees: Partial<RuleTerms> = { include: ['fees'] };

describe('S4 shipping in the base', () => {
  it('is outside unless the rules take it in, and then a line of its own, marked as such', () => {
    expect(bases(sent)).to.deep.equal(['60.00', '30.00']);
    expect(bases(sent, withShipping)).to.deep.equal(['60.00', '30.00', '10.00']);
    const line = computeNetBase(sent.build(), readTerms(withShipping)).lines.at(-1);
    expect(line).to.include({
      kind: 'shipping',
      lineId: 'shipping',
      title: 'Shipping',
      listed: 1000n,
      tax: 200n,
    });
  });

  it('adds no line where shipping was free', () => {
    expect(bases(goods, withShipping)).to.deep.equal(['60.00', '30.00']);
  });

  for (const [what, order, expected] of [
    ['12.00 with 2.00 tax: nothing is left', sent.refund({ shipping: '12.00', shippingTax: '2.00' }), '0.00'],
    ['6.00 with 1.00 tax: 10.00 - 5.00', sent.refund({ shipping: '6.00', shippingTax: '1.00' }), '5.00'],
    ['6.00, tax not told: 10.00 - 6.00 x 10/12', sent.refund({ shipping: '6.00' }), '5.00'],
    ['three times 4.00, tax not told: all of it', sent.refund({ shipping: '4.00' }).refund({ shipping: '4.00' }).refund({ shipping: '4.00' }), '0.00'],
    ['0.00 with 1.00 tax, which cannot be, then all of it: nothing is left', sent.refund({ shipping: '0', shippingTax: '1.00' }).refund({ shipping: '12.00' }), '0.00'],
    ['more than was paid: never below zero', sent.refund({ shipping: '50.00', shippingTax: '0' }), '0.00'],
    ['a refund whose payment failed: 10.00', sent.refund({ shipping: '12.00', made: false }), '10.00'],
  ] as const) {
    it(`falls with refunds of shipping alone, the goods do not (S6): ${what}`, () => {
      expect(bases(order, withShipping)).to.deep.equal(['60.00', '30.00', expected]);
      expect(bases(order)).to.deep.equal(['60.00', '30.00']);
    });
  } // prettier-ignore

  it('takes its part of an amount that names no line: 12.00 of 120.00 leaves nine tenths (S6)', () => {
    expect(bases(sent.refund({ amountOnly: '12.00' }), withShipping)).to.deep.equal([
      '54.00',
      '27.00',
      '9.00',
    ]);
    // Outside the base it is no part of the goods: 12.00 of 108.00, net 10.00, by weight 6.67 and 3.33.
    expect(bases(sent.refund({ amountOnly: '12.00' }))).to.deep.equal(['53.33', '26.67']);
  });
});

describe('S4 fees', () => {
  const charged = goods.fee('5.00', '1.00').fee('-9.00', '-1.80');

  it('above zero are outside unless taken in; below zero they lower the goods by weight, always', () => {
    expect(bases(charged)).to.deep.equal(['54.00', '27.00']);
    expect(bases(charged, withFees)).to.deep.equal(['54.00', '27.00', '5.00']);
  });

  it('given back leave the base they were taken into (S6)', () => {
    const back = charged.refund({ fees: { 'fee-1': { net: '2.00', tax: '0.40' } } });
    expect(bases(back, withFees)).to.deep.equal(['54.00', '27.00', '3.00']);
    expect(bases(back)).to.deep.equal(['54.00', '27.00']);
  });

  it('below zero do not lower shipping', () => {
    expect(bases(charged.shipping('10.00'), withShipping)).to.deep.equal(['54.00', '27.00', '10.00']);
  });

  it('share odd cents by the largest remainder: 0.10 over 1.00, 1.00, 1.00 is 0.04, 0.03, 0.03', () => {
    const three = anOrder().line({ price: '1.00' }).line({ price: '1.00' }).line({ price: '1.00' });
    expect(bases(three.fee('-0.10'))).to.deep.equal(['0.96', '0.97', '0.97']);
  });
});

describe('S4 excluded products', () => {
  const order = anOrder()
    .line({ price: '10.00', productId: 'tea', categoryIds: ['leaf'] })
    .line({ price: '20.00', productId: 'cup', categoryIds: ['ware', 'sale'] });
  const first = (terms: Partial<RuleTerms>) => computeNetBase(order.build(), readTerms(terms));

  it('leave the base by product or category, and the line says which and why', () => {
    const byProduct = first({ exclude: { productIds: ['tea'], categoryIds: [] } });
    expect(byProduct.total).to.equal(2000n);
    expect(byProduct.lines.map(({ excluded }) => excluded)).to.deep.equal([
      'the rules exclude product tea',
      null,
    ]);
    const byCategory = first({ exclude: { productIds: [], categoryIds: ['sale'] } });
    expect(byCategory.lines.map(({ excluded }) => excluded)).to.deep.equal([
      null,
      'the rules exclude category sale',
    ]);
  });

  it('earn nothing, whatever rule names them', () => {
    const version = rules([percent(200_000), percent(900_000, { productId: 'tea' })], {
      exclude: { productIds: ['tea'], categoryIds: [] },
    });
    const sale = { affiliateId: 'anna', groupId: null, ownCodes: [] };
    const { lines, target } = computeCommission(order.build(), sale, version);
    expect(target).to.equal(400n);
    expect(lines[0]).to.include({
      rule: null,
      commission: 0n,
      words: 'outside the base: the rules exclude product tea',
    });
  });
});

describe('S6 charge-backs', () => {
  const sale = { affiliateId: 'anna', groupId: null, ownCodes: [] };
  const targetAt = (state: 'none' | 'open' | 'lost' | 'won') => {
    const { target, nothingBecause } = computeCommission(
      goods.chargeback(state).build(),
      sale,
      rules([percent(200_000)]),
    );
    return [target, nothingBecause];
  };

  it('change nothing while open or won', () => {
    for (const state of ['none', 'open', 'won'] as const)
      expect(targetAt(state)).to.deep.equal([1800n, null]);
  });

  it('lost leave nothing, and won after all restores what was due', () => {
    expect(targetAt('lost')).to.deep.equal([0n, 'a charge-back was lost']);
    expect(targetAt('won')).to.deep.equal([1800n, null]);
  });
});

describe('S4 contained tax', () => {
  it('is what the platform reports, though its rate would round to another amount', () => {
    // 59.97 - 6.00 = 53.97 with 20 %: by rate 44.975, reported 8.99 leaves 44.98 (E1).
    const reported = anOrder().line({ price: '59.97', discount: '6.00', tax: '8.98', taxIncluded: true });
    expect(bases(reported)).to.deep.equal(['44.99']);
  });

  it('comes from the rate where none is reported, rounded once: 53.97 x 1000000 / 1200000 = 44.98', () => {
    const open = anOrder().line({
      price: '59.97',
      discount: '6.00',
      taxIncluded: true,
      containedTaxPpm: 200_000,
    });
    expect(bases(open)).to.deep.equal(['44.98']);
  });
});
