import { expect } from 'chai';
import type { ConsideredTouch, Decision, DecisionInput } from '../../../server/flow/attribution/index.ts';
import { DAY, HOUR } from '../../../server/shared/clock.ts';
import type { BindingPeriod } from '../../../server/shared/program-settings.ts';
import { aCoupon, aTouch, before, decide, reasonOf, winnerOf } from './a-decision.ts';

type EarlierOrder = DecisionInput['earlierOrders'][number];

/** An order of the same buyer, so many days earlier, credited to somebody or to nobody. */
function anEarlierOrder(
  daysEarlier: number,
  affiliateId: string | null,
  programId = 'programme',
): EarlierOrder {
  return {
    orderId: `order-${daysEarlier}`,
    storeId: 'store',
    externalId: `${1000 - daysEarlier}`,
    number: `#${1000 - daysEarlier}`,
    placedAt: before(daysEarlier * DAY),
    paid: true,
    fullyRefunded: false,
    credited: affiliateId === null ? null : { programId, affiliateId },
  };
}

/** The candidate that the stage embeds for a credited earlier order. */
function candidateOf({ orderId, number, placedAt, credited }: EarlierOrder): ConsideredTouch[] {
  if (!credited) return [];
  const { affiliateId } = credited;
  return [
    aTouch({
      ...credited,
      id: `binding:${orderId}`,
      class: 'customer-binding',
      carrier: `customer since order ${number}`,
      at: placedAt,
      affiliateName: affiliateId,
      binding: { orderId },
    }),
  ];
}

function decideAfter(
  earlier: EarlierOrder[],
  binding: BindingPeriod | null,
  touches: ConsideredTouch[] = [],
): Decision {
  const earlierOrders = earlier.toSorted((a, b) => a.placedAt.getTime() - b.placedAt.getTime());
  return decide([...earlierOrders.flatMap(candidateOf), ...touches], { binding }, { earlierOrders });
}

describe('S3 a customer of an affiliate buys again', () => {
  const first = anEarlierOrder(60, 'anna');

  it('credits who brought the first order, without any touch', () => {
    const decision = decideAfter([first], { ends: 'never' });
    expect(winnerOf(decision)).to.equal('binding:order-60');
    expect(decision.winner?.at).to.deep.equal(first.placedAt);
  });

  it('credits nobody where the programme binds nobody, and speaks of no touch that never was', () => {
    const decision = decideAfter([first], null);
    expect([winnerOf(decision), decision.losers]).to.deep.equal([undefined, []]);
  });

  it('credits the binding before a newer click, and a coupon before the binding', () => {
    const click = aTouch({ affiliateId: 'ben' });
    expect(winnerOf(decideAfter([first], { ends: 'never' }, [click]))).to.equal('binding:order-60');
    expect(winnerOf(decideAfter([first], { ends: 'never' }, [click, aCoupon()]))).to.equal('coupon-1');
    expect(winnerOf(decideAfter([first], null, [click]))).to.equal('touch-1');
  });

  it('is not bound by an order that nobody was credited for', () => {
    expect(winnerOf(decideAfter([anEarlierOrder(60, null)], { ends: 'never' }))).to.equal(undefined);
  });

  it('stays with the first affiliate although another one won an order since', () => {
    const decision = decideAfter([first, anEarlierOrder(10, 'ben')], { ends: 'never' });
    expect(winnerOf(decision)).to.equal('binding:order-60');
    expect(decision.losers).to.deep.equal([]);
  });
});

describe('S3 a binding that ends after days', () => {
  const period = { ends: 'after-days', days: 30 } as const;

  it('covers an order at its very end', () => {
    expect(winnerOf(decideAfter([anEarlierOrder(30, 'anna')], period))).to.equal('binding:order-30');
  });

  it('covers none a millisecond later, and says so', () => {
    const late = { ...anEarlierOrder(30, 'anna'), placedAt: before(30 * DAY + 1) };
    const decision = decideAfter([late], period);
    expect(winnerOf(decision)).to.equal(undefined);
    expect(reasonOf(decision, 'binding:order-30')).to.equal(
      'the customer was bound 30 d ago, the binding ends after 30 d',
    );
  });

  it('binds anew by the next credited order after its end', () => {
    const orders = [anEarlierOrder(90, 'anna'), anEarlierOrder(80, 'ben'), anEarlierOrder(20, 'carl')];
    expect(winnerOf(decideAfter(orders, period))).to.equal('binding:order-20');
    expect(winnerOf(decideAfter(orders.slice(0, 2), period))).to.equal(undefined);
  });

  it('is not lengthened by orders that it covered', () => {
    const orders = [anEarlierOrder(40, 'anna'), anEarlierOrder(20, 'anna')];
    const decision = decideAfter(orders, period);
    expect(winnerOf(decision)).to.equal(undefined);
    expect(decision.losers.map(({ touchId }) => touchId)).to.deep.equal(['binding:order-40']);
  });
});

describe('S3 a binding that ends after a number of later orders', () => {
  const period = { ends: 'after-orders', orders: 2 } as const;
  const table: [later: number, covered: boolean][] = [
    [0, true],
    [1, true],
    [2, false],
  ];
  for (const [later, covered] of table) {
    it(`${covered ? 'covers' : 'does not cover'} order ${later + 2} of the customer`, () => {
      const since = Array.from({ length: later }, (_, index) => anEarlierOrder(10 - index, null));
      const decision = decideAfter([anEarlierOrder(60, 'anna'), ...since], period);
      expect(winnerOf(decision)).to.equal(covered ? 'binding:order-60' : undefined);
    });
  }

  it('binds anew by the first credited order after them', () => {
    const orders = [60, 50, 40].map((days) => anEarlierOrder(days, 'anna'));
    expect(winnerOf(decideAfter([...orders, anEarlierOrder(30, 'ben')], period))).to.equal(
      'binding:order-30',
    );
  });
});

describe('S3 customers of several programmes', () => {
  it('are bound in each by itself', () => {
    const orders = [anEarlierOrder(60, 'anna', 'elsewhere'), anEarlierOrder(50, 'ben')];
    expect(winnerOf(decideAfter(orders, { ends: 'never' }))).to.equal('binding:order-50');
  });
});

describe('S3 a binding whose affiliate may not earn any more', () => {
  it('is removed, and the order is not credited to somebody else by it', () => {
    const [touch] = candidateOf(anEarlierOrder(60, 'anna'));
    const suspended = { affiliate: 'suspended', membership: 'approved', program: 'live' };
    const earlierOrders = [anEarlierOrder(60, 'anna')];
    const bound = aTouch({ ...touch, standing: suspended });
    const click = aTouch({ affiliateId: 'ben', at: before(HOUR) });
    const decision = decide([bound, click], { binding: { ends: 'never' } }, { earlierOrders });
    expect(winnerOf(decision)).to.equal('touch-1');
    expect(reasonOf(decision, 'binding:order-60')).to.contain('the affiliate was suspended');
  });
});
