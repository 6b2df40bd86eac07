import { expect } from 'chai';
import { computeCommission } from '../../../server/flow/commissions/index.ts';
import type { SaleContext } from '../../../server/flow/commissions/rules/sale-context.ts';
import {
  RULE_LEVELS,
  type CommissionRuleSpec,
  type RuleLevel,
} from '../../../server/shared/program-rules.ts';
import { anOrder } from '../../support/an-order.ts';
import { percent, rules } from '../../support/receipts.ts';

const order = anOrder()
  .line({ price: '100.00', productId: 'shoe', categoryIds: ['feet', 'leather'] })
  .build();
const couponSale: SaleContext = { affiliateId: 'anna', groupId: 'press', ownCodes: ['anna10'] };
const linkSale: SaleContext = { ...couponSale, ownCodes: [] };

/** One rule for each level, named by it. */
const BY_LEVEL: Record<RuleLevel, CommissionRuleSpec['scope']> = {
  code: { code: 'anna10' },
  'affiliate-coupon': { coupon: true, affiliateId: 'anna' },
  'group-coupon': { coupon: true, groupId: 'press' },
  'programme-coupon': { coupon: true },
  'affiliate-product': { affiliateId: 'anna', productId: 'shoe' },
  'affiliate-category': { affiliateId: 'anna', categoryId: 'feet' },
  product: { productId: 'shoe' },
  category: { categoryId: 'leather' },
  affiliate: { affiliateId: 'anna' },
  group: { groupId: 'press' },
  programme: {},
};
const all = RULE_LEVELS.map((level, index) => percent((index + 1) * 10_000, BY_LEVEL[level], level));

function choose(sale: SaleContext, specs: CommissionRuleSpec[], levels?: RuleLevel[]): string[] {
  const [line] = computeCommission(order, sale, rules(specs, levels && { order: levels })).lines;
  const { rule, beaten } = line!;
  return [...(rule ? [rule.id] : []), ...beaten.map(({ id }) => id)];
}

describe('S5 the order of rules', () => {
  it('is, with the own code on the order: code, affiliate, group, programme by coupon, then the general order', () => {
    expect(choose(couponSale, all.toReversed())).to.deep.equal([...RULE_LEVELS]);
  });

  it('is the general order alone on a sale by link', () => {
    expect(choose(linkSale, all.toReversed())).to.deep.equal(RULE_LEVELS.slice(4));
  });

  it('can be another, which the receipt shows', () => {
    const order = RULE_LEVELS.toReversed();
    expect(choose(couponSale, all, order)).to.deep.equal(order);
    const { terms } = computeCommission(anOrder().build(), linkSale, rules(all, { order }));
    expect(terms?.order).to.deep.equal(order);
  });

  it('puts the product before the coupon where the merchant says so', () => {
    const first: RuleLevel[] = ['product', ...RULE_LEVELS.filter((level) => level !== 'product')];
    expect(choose(couponSale, all, first)[0]).to.equal('product');
  });

  it("does not count another affiliate's, another group's or another product's rules", () => {
    const foreign = [
      percent(1, { affiliateId: 'ben' }, 'ben'),
      percent(2, { groupId: 'staff' }, 'staff'),
      percent(3, { groupId: 'staff', coupon: true }, 'staff-coupon'),
      percent(4, { code: 'ben10' }, 'ben10'),
      percent(5, { productId: 'hat' }, 'hat'),
    ];
    expect(choose(couponSale, [...foreign, percent(200_000, {}, 'programme')])).to.deep.equal(['programme']);
    expect(choose({ ...linkSale, groupId: null }, [percent(1, { groupId: 'press' })])).to.deep.equal([]);
  });

  it('takes the highest priority, then the lowest id, for a product in several categories', () => {
    const feet = percent(1, { categoryId: 'feet' }, 'b-feet');
    const leather = percent(2, { categoryId: 'leather' }, 'a-leather');
    expect(choose(linkSale, [feet, leather])).to.deep.equal(['a-leather', 'b-feet']);
    expect(choose(linkSale, [{ ...feet, priority: 1 }, leather])).to.deep.equal(['b-feet', 'a-leather']);
  });
});

describe("E7: a partner's own rate of 25 % under the reference programme", () => {
  const programme = [percent(200_000, {}, 'link'), percent(100_000, { coupon: true }, 'coupon')];
  const own = percent(250_000, { affiliateId: 'anna' }, 'own');

  for (const [what, sale, further, expected] of [
    ['by link: 25 % of 100.00 = 25.00', linkSale, [], 2500n],
    ["with the partner's code: 10 % of 100.00 = 10.00", couponSale, [], 1000n],
    ['the partner has a coupon rate: 15 % = 15.00', couponSale, [percent(150_000, { coupon: true, affiliateId: 'anna' }, 'c')], 1500n],
    ['the group has a coupon rate: 12 % = 12.00', couponSale, [percent(120_000, { coupon: true, groupId: 'press' }, 'g')], 1200n],
    ['the code has a rate: 17 % = 17.00', couponSale, [percent(170_000, { code: 'anna10' }, 'r')], 1700n],
    ["a group's rate does not beat the partner's own: 25.00", linkSale, [percent(300_000, { groupId: 'press' }, 'g')], 2500n],
  ] as const) {
    it(what, () => {
      const specs = [...programme, own, ...further];
      expect(computeCommission(order, sale, rules(specs)).target).to.equal(expected);
    });
  } // prettier-ignore
});
