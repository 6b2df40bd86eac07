import { expect } from 'chai';
import { computeCommission, computeNetBase } from '../../../server/flow/commissions/index.ts';
import { formatMinorUnits } from '../../../server/shared/minor-units.ts';
import type { OrderSnapshot } from '../../../server/shared/order.ts';
import type { CommissionRuleSpec, ProgramRulesVersion } from '../../../server/shared/program-rules.ts';
import { anOrder } from '../../support/an-order.ts';

const percent = (
  ratePpm: number,
  scope: CommissionRuleSpec['scope'] = {},
  id = `rate-${ratePpm}`,
): CommissionRuleSpec => ({
  id,
  kind: 'percent',
  args: { ratePpm },
  scope,
});

const rules = (...specs: CommissionRuleSpec[]): ProgramRulesVersion => ({
  version: 1,
  effectiveFrom: new Date(0),
  rules: specs,
});

const linkSale = { affiliateId: 'anna', groupId: null, ownCodes: [] };
const couponSale = { affiliateId: 'anna', groupId: null, ownCodes: ['anna10'] };

function earns(order: OrderSnapshot, ratePpm: number): string {
  return formatMinorUnits(computeCommission(order, linkSale, rules(percent(ratePpm))).target, order.currency);
}

function bases(order: OrderSnapshot): string[] {
  return computeNetBase(order).lines.map(({ base }) => formatMinorUnits(base, order.currency));
}

describe('E1: two discounted lines at prices that include tax', () => {
  const order = anOrder()
    .line({ price: '19.99', quantity: 3, discount: '6.00', tax: '8.99', taxIncluded: true })
    .line({ price: '7.50', discount: '0.75', tax: '1.12', taxIncluded: true })
    .build();

  it('has the net bases 44.98 and 5.63', () => {
    expect(bases(order)).to.deep.equal(['44.98', '5.63']);
  });

  it('earns 5.62 + 0.70 = 6.32 at 12.5 %, rounded per line', () => {
    const { lines, target } = computeCommission(order, linkSale, rules(percent(125_000)));
    expect(lines.map(({ commission }) => commission)).to.deep.equal([562n, 70n]);
    expect(target).to.equal(632n);
  });

  it('shows the arithmetic of each line in words', () => {
    const [first] = computeCommission(order, linkSale, rules(percent(125_000))).lines;
    expect(first?.words).to.equal('12.5 % of 44.98 EUR is 5.62 EUR');
  });
});

describe('E3: an order of 10.00 at 1.5 %', () => {
  const order = anOrder().line({ price: '1.00', quantity: 10 });

  it('earns 0.15', () => {
    expect(earns(order.build(), 15_000)).to.equal('0.15');
  });

  it('ends at 0.00 after ten refunds of 1.00, and never below', () => {
    let refunded = order;
    const steps: string[] = [];
    for (let count = 0; count < 10; count += 1) {
      refunded = refunded.refund({ lines: { 'line-1': { net: '1.00' } } });
      steps.push(earns(refunded.build(), 15_000));
    }
    expect(steps.at(-1)).to.equal('0.00');
    expect(steps).to.deep.equal([
      '0.14',
      '0.12',
      '0.11',
      '0.09',
      '0.08',
      '0.06',
      '0.05',
      '0.03',
      '0.02',
      '0.00',
    ]);
  });
});

describe('E4: net 100.00 + tax 20.00 at 10 %, half refunded including tax', () => {
  const order = anOrder().line({ price: '100.00', tax: '20.00' });

  it('keeps 5.00 when refunded by line', () => {
    const byLine = order.refund({ lines: { 'line-1': { net: '50.00', tax: '10.00' } } });
    expect(earns(byLine.build(), 100_000)).to.equal('5.00');
  });

  it('keeps 5.00 when refunded as an amount of 60.00', () => {
    expect(earns(order.refund({ amountOnly: '60.00' }).build(), 100_000)).to.equal('5.00');
  });

  it('keeps 5.00 at prices that include the tax as well', () => {
    const gross = anOrder().line({ price: '120.00', tax: '20.00', taxIncluded: true });
    expect(earns(gross.refund({ amountOnly: '60.00' }).build(), 100_000)).to.equal('5.00');
  });
});

describe('E5: currencies without and with three decimals', () => {
  it('10 % of JPY 1505 is JPY 151', () => {
    expect(earns(anOrder().in('JPY').line({ price: '1505' }).build(), 100_000)).to.equal('151');
  });

  it('7.5 % of KWD 10.005 is KWD 0.750', () => {
    expect(earns(anOrder().in('KWD').line({ price: '10.005' }).build(), 75_000)).to.equal('0.750');
  });
});

describe('S4 the base of a commission', () => {
  it('takes contained tax from the rate only where the platform reports no amount', () => {
    const order = anOrder().line({ price: '120.00', taxIncluded: true, containedTaxPpm: 200_000 }).build();
    expect(bases(order)).to.deep.equal(['100.00']);
  });

  it('leaves bought gift cards out', () => {
    const order = anOrder().line({ price: '50.00', giftCard: true }).line({ price: '10.00' }).build();
    expect(bases(order)).to.deep.equal(['0.00', '10.00']);
  });

  it('spreads a negative fee over the lines by weight, and ignores a positive one', () => {
    const order = anOrder().line({ price: '30.00' }).line({ price: '10.00' });
    expect(bases(order.fee('-4.00').build())).to.deep.equal(['27.00', '9.00']);
    expect(bases(order.fee('4.00').build())).to.deep.equal(['30.00', '10.00']);
  });

  it('lets a negative fee take a line to zero, never below', () => {
    expect(bases(anOrder().line({ price: '3.00' }).fee('-4.00').build())).to.deep.equal(['0.00']);
  });
});

describe('S6 refunds and edits', () => {
  const order = anOrder().line({ price: '60.00', tax: '12.00' }).line({ price: '30.00', tax: '6.00' });

  it('does not reduce the base when only shipping was refunded', () => {
    expect(bases(order.refund({ shipping: '8.00' }).build())).to.deep.equal(['60.00', '30.00']);
  });

  it('spreads an amount over what is left of the lines', () => {
    const refunded = order
      .refund({ lines: { 'line-1': { net: '30.00', tax: '6.00' } } })
      .refund({ amountOnly: '7.20' });
    expect(bases(refunded.build())).to.deep.equal(['27.00', '27.00']);
  });

  it('ignores a refund whose every transaction failed, and one of which only a total is known', () => {
    expect(bases(order.refund({ amountOnly: '50.00', made: false }).build())).to.deep.equal([
      '60.00',
      '30.00',
    ]);
    expect(bases(order.refund({ amountOnly: '50.00', totalOnly: true }).build())).to.deep.equal([
      '60.00',
      '30.00',
    ]);
  });

  it('never takes the base below zero, however much is refunded', () => {
    const tooMuch = order.refund({ lines: { 'line-1': { net: '90.00' } } }).refund({ amountOnly: '500.00' });
    expect(bases(tooMuch.build())).to.deep.equal(['0.00', '0.00']);
  });

  it('counts a line that is given back whole once, also after an amount without lines', () => {
    const two = anOrder().line({ price: '20.00' }).line({ price: '20.00' });
    const refunded = two.refund({ amountOnly: '5.00' }).refund({ lines: { 'line-1': { net: '20.00' } } });
    expect(bases(refunded.build())).to.deep.equal(['0.00', '15.00']);
  });

  it('takes units off that an edit removed, once, beside units that a refund took', () => {
    const edited = anOrder()
      .line({ price: '10.00', quantity: 4, removedUnits: 1 })
      .refund({ lines: { 'line-1': { net: '10.00' } } });
    expect(bases(edited.build())).to.deep.equal(['20.00']);
  });

  for (const [what, dead] of [
    ['cancelled', order.cancelled()],
    ['a test', order.test()],
    ['void', order.status('failed', 'void')],
  ] as const) {
    it(`earns nothing when the order is ${what}, and says why`, () => {
      const { target, nothingBecause } = computeCommission(dead.build(), linkSale, rules(percent(200_000)));
      expect(target).to.equal(0n);
      expect(nothingBecause).to.be.a('string');
    });
  }
});

describe('S5 which rule applies', () => {
  const line = anOrder()
    .line({ price: '100.00', productId: 'shoe', categoryIds: ['feet', 'leather'] })
    .build();
  const pick = (
    sale: typeof linkSale | typeof couponSale,
    ...specs: CommissionRuleSpec[]
  ): string | undefined => computeCommission(line, sale, rules(...specs)).lines[0]?.rule?.id;

  const programme = percent(200_000, {}, 'programme');
  const coupon = percent(100_000, { coupon: true }, 'coupon');
  const own = percent(250_000, { affiliateId: 'anna' }, 'own');
  const product = percent(50_000, { productId: 'shoe' }, 'product');
  const category = percent(60_000, { categoryId: 'feet' }, 'category');

  it('pays 20 % by link and 10 % by coupon in the reference programme', () => {
    expect(pick(linkSale, programme, coupon)).to.equal('programme');
    expect(pick(couponSale, programme, coupon)).to.equal('coupon');
  });

  it("E7: pays a partner's own rate by link, the coupon rate with the partner's code", () => {
    expect(pick(linkSale, programme, coupon, own)).to.equal('own');
    expect(pick(couponSale, programme, coupon, own)).to.equal('coupon');
    const ownCoupon = percent(150_000, { coupon: true, affiliateId: 'anna' }, 'own-coupon');
    const codeRate = percent(170_000, { code: 'anna10' }, 'code-rate');
    expect(pick(couponSale, programme, coupon, own, ownCoupon)).to.equal('own-coupon');
    expect(pick(couponSale, programme, coupon, own, ownCoupon, codeRate)).to.equal('code-rate');
  });

  it('goes from the most specific to the programme', () => {
    const both = percent(10_000, { affiliateId: 'anna', productId: 'shoe' }, 'affiliate-product');
    expect(pick(linkSale, programme, own, category, product, both)).to.equal('affiliate-product');
    expect(pick(linkSale, programme, own, category, product)).to.equal('product');
    expect(pick(linkSale, programme, own, category)).to.equal('category');
    expect(pick(linkSale, programme, percent(1, { affiliateId: 'other' }))).to.equal('programme');
  });

  it('takes the highest priority, then the lowest id, for a product in several categories', () => {
    const leather = percent(70_000, { categoryId: 'leather' }, 'leather');
    expect(pick(linkSale, category, { ...leather, priority: 5 })).to.equal('leather');
    expect(pick(linkSale, leather, category)).to.equal('category');
  });

  it('names the rules that were beaten', () => {
    const [first] = computeCommission(line, linkSale, rules(programme, own)).lines;
    expect(first?.beaten.map(({ id }) => id)).to.deep.equal(['programme']);
  });

  it('earns nothing, and says so, when no rule applies', () => {
    const [first] = computeCommission(line, linkSale, rules(coupon)).lines;
    expect([first?.commission, first?.words]).to.deep.equal([0n, 'no rule applies to this line']);
  });
});
