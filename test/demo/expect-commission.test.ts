import { expect } from 'chai';
import { expectCommission } from '../../server/demo/expect-commission.ts';
import { aPlannedOrder } from './a-planned-order.ts';

describe("the demo's own arithmetic", () => {
  const at = new Date('2026-10-02T00:00:00Z');
  const refundId = 1;
  const tenPercent = (change: Parameters<typeof aPlannedOrder>[0], changed = true): bigint =>
    expectCommission(aPlannedOrder(change), changed, 100_000n);

  const cases: [string, Parameters<typeof aPlannedOrder>[0], bigint][] = [
    ['the whole order', {}, 1_000n],
    [
      'one of two units refunded',
      { change: { kind: 'refund-line', at, refundId, lineId: 1, quantity: 1, net: 5_000n, tax: 1_050n } },
      500n,
    ],
    [
      'half the gross amount refunded',
      { change: { kind: 'refund-amount', at, refundId, amount: 6_050n } },
      500n,
    ],
    ['shipping refunded', { change: { kind: 'refund-shipping', at, refundId } }, 1_000n],
    [
      'one of two units taken off',
      { change: { kind: 'edit', at, lineId: 1, removedUnits: 1, net: 5_000n, tax: 1_050n } },
      500n,
    ],
    ['the order cancelled', { change: { kind: 'cancel', at } }, 0n],
  ];
  for (const [what, members, minorUnits] of cases) {
    it(`makes 10 % of 100.00 EUR, ${what}, ${minorUnits} cents`, () => {
      expect(tenPercent(members)).to.equal(minorUnits);
    });
  }

  it('does not take off what is not known yet', () => {
    expect(tenPercent({ change: { kind: 'cancel', at } }, false)).to.equal(1_000n);
  });

  it('spreads an amount over the lines by the largest remainder, and rounds per line', () => {
    const [line] = aPlannedOrder().lines;
    if (!line) throw new Error('no line');
    const lines = [14n, 14n, 15n].map((net, index) => ({ ...line, id: index, net, tax: 0n }));
    const change = { kind: 'refund-amount', at, refundId, amount: 2n } as const;
    // 2 x 14/43, 14/43, 15/43 leaves 0.65, 0.65, 0.70: the third and the first give one each.
    expect(tenPercent({ lines, change })).to.equal(1n + 1n + 1n);
    expect(expectCommission(aPlannedOrder({ lines, change }), true, 1_000_000n)).to.equal(41n);
  });
});
