import { expect } from 'chai';
import { planMonth, type PlannedDelivery } from '../../server/demo/index.ts';

describe('the made-up month of the demo', () => {
  const plan = planMonth({ seed: 7 });
  const { orders, deliveries } = plan;
  const shareOf = (part: unknown[], whole: unknown[]): number => part.length / whole.length;
  const changed = (kind: string) => orders.filter(({ change }) => change?.kind === kind);
  const keyOf = ({ order, sequence }: PlannedDelivery): string => `${order.number}/${sequence}`;

  it('has at least 300 orders by 12 affiliates in EUR, JPY and KWD', () => {
    expect(orders.length).to.be.at.least(300);
    const senders = orders.flatMap(({ coupon, clicks }) => [
      coupon?.owner,
      ...clicks.map((c) => c.affiliate),
    ]);
    expect(new Set(senders.filter(Boolean)).size).to.equal(12);
    expect(new Set(orders.map(({ shop }) => shop.currency))).to.have.all.keys('EUR', 'JPY', 'KWD');
  });

  it('repeats a tenth of the deliveries, each after its first time', () => {
    const repeats = deliveries.filter(({ repeated }) => repeated);
    expect(shareOf(repeats, deliveries)).to.be.within(0.1, 0.11);
    for (const repeat of repeats) {
      const first = deliveries.find((other) => keyOf(other) === keyOf(repeat) && !other.repeated);
      expect(deliveries.indexOf(repeat)).to.be.above(deliveries.indexOf(first as PlannedDelivery));
    }
  });

  it('brings a tenth of the deliveries after a newer one of their order, some of them refunds before payments', () => {
    const late = deliveries.filter(({ outOfOrder }) => outOfOrder);
    expect(shareOf(late, deliveries)).to.be.within(0.1, 0.11);
    for (const delivery of late) {
      const before = deliveries.slice(0, deliveries.indexOf(delivery));
      const overtakers = before.filter((o) => o.order === delivery.order && o.sequence > delivery.sequence);
      expect(overtakers).not.to.be.empty;
    }
    expect(
      late.some(({ stage, order }) => stage === 'paid' && order.change?.kind.startsWith('refund')),
    ).to.equal(true);
  });

  it('refunds eight of a hundred orders, by line, by amount and shipping alone, and edits two', () => {
    const kinds = ['refund-line', 'refund-amount', 'refund-shipping'].map(changed);
    for (const kind of kinds) expect(kind).not.to.be.empty;
    expect(shareOf(kinds.flat(), orders)).to.be.within(0.08, 0.085);
    expect(shareOf(changed('edit'), orders)).to.be.within(0.02, 0.025);
  });

  it('has buyers who came by link, by coupon, by both, and by nobody', () => {
    const isOwned = ({ coupon }: (typeof orders)[number]): boolean => Boolean(coupon?.owner);
    const hasLink = ({ clicks }: (typeof orders)[number]): boolean => clicks.length > 0;
    expect(orders.some((order) => hasLink(order) && !isOwned(order))).to.equal(true);
    expect(orders.some((order) => isOwned(order) && !hasLink(order))).to.equal(true);
    expect(orders.some((order) => isOwned(order) && hasLink(order))).to.equal(true);
    expect(orders.some((order) => !isOwned(order) && !hasLink(order))).to.equal(true);
  });

  it('keeps everything inside the month, and every click before its order', () => {
    for (const { arrivesAt } of deliveries) expect(arrivesAt.toISOString()).to.match(/^2026-10-/);
    for (const { clicks, placedAt } of orders) {
      for (const { at } of clicks) {
        expect(at).to.be.above(plan.startsAt);
        expect(at).to.be.below(placedAt);
      }
    }
  });

  it('is the same for the same seed, and another for another', () => {
    expect(planMonth({ seed: 7 })).to.deep.equal(plan);
    expect(planMonth({ seed: 8 }).orders).not.to.deep.equal(orders);
  });
});
