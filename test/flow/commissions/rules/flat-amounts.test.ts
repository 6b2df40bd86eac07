import { expect } from 'chai';
import { validateRules } from '../../../../server/flow/commissions/index.ts';
import { anOrder } from '../../../support/an-order.ts';
import { flat, percent } from '../../../support/receipts.ts';
import { compute } from './earn-by-rules.ts';

const perOrder = flat('order', { EUR: 500 });

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
