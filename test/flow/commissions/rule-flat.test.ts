import { expect } from 'chai';
import { computeCommission, validateRules } from '../../../server/flow/commissions/index.ts';
import { formatMinorUnits } from '../../../server/shared/minor-units.ts';
import type { CommissionRuleSpec } from '../../../server/shared/program-rules.ts';
import { anOrder } from '../../support/an-order.ts';
import { flat, percent, rules } from '../../support/receipts.ts';

const sale = { affiliateId: 'anna', groupId: null, ownCodes: [] };
type Builder = ReturnType<typeof anOrder>;

function compute(order: Builder, ...specs: CommissionRuleSpec[]) {
  return computeCommission(order.build(), sale, rules(specs));
}

function earns(order: Builder, ...specs: CommissionRuleSpec[]): string {
  return formatMinorUnits(compute(order, ...specs).target, order.build().currency);
}

const two = anOrder()
  .line({ price: '10.00', quantity: 3, productId: 'tea' })
  .line({ price: '4.00', productId: 'cup' });
const perOrder = flat('order', { EUR: 500 });
const perLine = flat('line', { EUR: 120 });
const perUnit = flat('unit', { EUR: 50 });
const back = (lines: Record<string, { net: string; quantity?: number }>) => two.refund({ lines });

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

describe('S5 a flat amount in a currency that has none', () => {
  const dollars = anOrder().in('USD').line({ price: '10.00' });

  it('does not apply: the next rule is tried, and the receipt names the one passed over', () => {
    const own = flat('unit', { EUR: 50, JPY: 60 }, { affiliateId: 'anna' }, 'own');
    const { lines, target } = compute(dollars, percent(200_000), own);
    expect(target).to.equal(200n);
    expect(lines[0]?.passedOver).to.have.length(1);
    expect(lines[0]?.passedOver[0]).to.include({
      id: 'own',
      describe: '0.50 EUR or 60 JPY per unit',
      reason: 'it names no amount in USD',
    });
  });

  it('earns nothing where no other rule is left, and says so', () => {
    const { lines, target } = compute(dollars, perOrder);
    expect([target, lines[0]?.words]).to.deep.equal([0n, 'no rule applies to this line']);
    expect(lines[0]?.passedOver[0]?.reason).to.equal('it names no amount in USD');
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

describe('S5 flat amounts as they are written into rules', () => {
  const issuesOf = (args: unknown) =>
    validateRules([{ id: 'x', kind: 'flat-per-order', args, scope: {} }]).map(({ path }) => path);

  it('are whole minor units per currency of ISO 4217, none of them below zero', () => {
    expect(issuesOf({ amounts: { EUR: 500, JPY: 500, KWD: 0 } })).to.deep.equal([]);
    for (const args of [{ amounts: { EUR: 5.5 } }, { amounts: { EUR: -1 } }, { amounts: { EUR: '500' } }]) {
      expect(issuesOf(args)).to.deep.equal(['rules.0.args.amounts.EUR']);
    }
    expect(issuesOf({ amounts: { EURO: 500 } })).to.deep.equal(['rules.0.args.amounts.EURO']);
    expect(issuesOf({ amounts: {} })).to.deep.equal(['rules.0.args.amounts']);
    expect(issuesOf({})).to.deep.equal(['rules.0.args.amounts']);
  });
});
