import { expect } from 'chai';
import { HOUR, MINUTE } from '../../../server/shared/clock.ts';
import { aCoupon, aTouch, before, decide, reasonOf, winnerOf } from './a-decision.ts';

const checkoutStartedAt = before(10 * MINUTE);
const lateClick = aTouch({ id: 'late', affiliateId: 'ben', at: before(7 * MINUTE) });
const earlyClick = aTouch({ id: 'early', at: before(2 * HOUR) });

describe("S3 a click that we first saw after the buyer's checkout began", () => {
  it('loses to any earlier click, and is told how late it came', () => {
    const decision = decide([earlyClick, lateClick], {}, { checkoutStartedAt });
    expect(winnerOf(decision)).to.equal('early');
    expect(reasonOf(decision, 'late')).to.equal(
      'the link touch came 3 min after the checkout began, and an earlier touch counts',
    );
  });

  it('loses also to an earlier touch of a weaker class', () => {
    const pixel = aTouch({ id: 'pixel', class: 'pixel', at: before(2 * HOUR) });
    expect(winnerOf(decide([pixel, lateClick], {}, { checkoutStartedAt }))).to.equal('pixel');
  });

  it('earns when there is no earlier one', () => {
    expect(winnerOf(decide([lateClick], {}, { checkoutStartedAt }))).to.equal('late');
  });

  it('does not lose to an earlier one that may not earn', () => {
    const old = aTouch({ id: 'old', at: before(40 * 24 * HOUR) });
    expect(winnerOf(decide([old, lateClick], {}, { checkoutStartedAt }))).to.equal('late');
  });

  it('earns normally where the programme says so', () => {
    const decision = decide([earlyClick, lateClick], { lateTouch: 'earn' }, { checkoutStartedAt });
    expect(winnerOf(decision)).to.equal('late');
  });

  it('earns nothing where the programme says so, even alone', () => {
    const decision = decide([lateClick], { lateTouch: 'nothing' }, { checkoutStartedAt });
    expect(winnerOf(decision)).to.equal(undefined);
    expect(reasonOf(decision, 'late')).to.contain('the programme counts no such touch');
  });
});

describe('S3 a click that is not late', () => {
  const others = { lateTouch: 'nothing' } as const;

  it('is one at the very moment at which the checkout began', () => {
    const decision = decide([aTouch({ at: checkoutStartedAt })], others, { checkoutStartedAt });
    expect(winnerOf(decision)).to.equal('touch-1');
  });

  it('is any, where the store does not tell when the checkout began', () => {
    expect(winnerOf(decide([lateClick], others, { checkoutStartedAt: null }))).to.equal('late');
  });

  it('is one that only the order tells of, whose moment we did not see', () => {
    const told = aTouch({ at: before(0), namedByOrder: true, receivedByUs: false });
    expect(winnerOf(decide([told], others, { checkoutStartedAt }))).to.equal('touch-1');
  });

  it('is no coupon, which is always entered in the checkout', () => {
    expect(winnerOf(decide([aCoupon()], others, { checkoutStartedAt }))).to.equal('coupon-1');
  });
});
