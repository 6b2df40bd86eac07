import { expect } from 'chai';
import { pickWinningTouch, type ConsideredTouch } from '../../../server/flow/attribution/index.ts';
import { DAY, HOUR, MINUTE } from '../../../server/shared/clock.ts';
import { programSettings } from '../../../server/shared/program-settings.ts';
import { aCoupon, aTouch, before, decide, NOT_THE_BUYER, reasonOf, winnerOf } from './a-decision.ts';

describe('S3 the click window', () => {
  const window = 30 * DAY;

  it('credits a click at the very end of the window', () => {
    expect(winnerOf(decide([aTouch({ at: before(window) })]))).to.equal('touch-1');
  });

  it('refuses a click one millisecond older, and says how old it is', () => {
    const decision = decide([aTouch({ at: before(window + 1) })]);
    expect(winnerOf(decision)).to.equal(undefined);
    expect(reasonOf(decision, 'touch-1')).to.equal('click is 30 d old, window 30 d');
    expect(reasonOf(decide([aTouch({ at: before(31 * DAY + 2 * HOUR) })]), 'touch-1')).to.equal(
      'click is 31 d 2 h old, window 30 d',
    );
  });

  it('does not hold for a coupon, which is redeemed with the order', () => {
    expect(winnerOf(decide([aCoupon()], { clickWindowSeconds: 1 }))).to.equal('coupon-1');
  });
});

describe('S3 a click that seems to come after the order', () => {
  it('counts within two minutes, because clocks differ', () => {
    expect(winnerOf(decide([aTouch({ at: before(-2 * MINUTE) })]))).to.equal('touch-1');
  });

  it('does not count later than that', () => {
    const decision = decide([aTouch({ at: before(-2 * MINUTE - 1) })]);
    expect(winnerOf(decision)).to.equal(undefined);
    expect(reasonOf(decision, 'touch-1')).to.contain('after the order');
  });

  it("counts whatever the clocks say when the order's own evidence names it", () => {
    expect(winnerOf(decide([aTouch({ at: before(-HOUR), namedByOrder: true })]))).to.equal('touch-1');
  });
});

describe('S3 who may earn', () => {
  const table: [circumstance: string, changes: Partial<ConsideredTouch>, reason: string][] = [
    [
      'a suspended affiliate',
      { standing: { affiliate: 'suspended', membership: 'approved', program: 'live' } },
      'the affiliate was suspended',
    ],
    [
      'a membership that is not approved',
      { standing: { affiliate: 'active', membership: 'applied', program: 'live' } },
      'the membership in the programme was applied',
    ],
    [
      'a paused programme',
      { standing: { affiliate: 'active', membership: 'approved', program: 'paused' } },
      'the programme was paused',
    ],
    [
      'a buyer with the e-mail of the affiliate',
      { selfReferral: { ...NOT_THE_BUYER, sameEmail: true } },
      'a rule of the programme excludes it',
    ],
    [
      'a class that the programme does not count',
      { class: 'product-ownership' },
      'does not count product-ownership',
    ],
  ];
  for (const [circumstance, changes, reason] of table) {
    it(`refuses ${circumstance}, and says so`, () => {
      const decision = decide([aTouch(changes)]);
      expect(winnerOf(decision)).to.equal(undefined);
      expect(reasonOf(decision, 'touch-1')).to.contain(reason);
    });
  }

  it('credits a self-referral where the programme ignores it', () => {
    const selfReferral = { ...programSettings.parse({}).selfReferral, sameEmail: 'ignore' } as const;
    const own = aTouch({ selfReferral: { ...NOT_THE_BUYER, sameEmail: true } });
    expect(winnerOf(decide([own], { selfReferral }))).to.equal('touch-1');
  });

  it('credits nobody when a foreign code voids the commission', () => {
    const decision = decide(
      [aTouch(), aCoupon()],
      { voidCodes: ['dealsite'] },
      { couponCodes: ['dealsite', 'ben10'] },
    );
    expect(winnerOf(decision)).to.equal(undefined);
    expect(reasonOf(decision, 'touch-1')).to.contain('dealsite');
  });
});

describe('S3 several touches', () => {
  const early = aTouch({ id: 'early', at: before(3 * DAY) });
  const late = aTouch({ id: 'late', at: before(HOUR), affiliateId: 'ben' });

  it('credits the last click, and tells the other how much later it came', () => {
    const decision = decide([early, late]);
    expect(winnerOf(decision)).to.equal('late');
    expect(reasonOf(decision, 'early')).to.equal('a later touch counts (2 d 23 h later)');
  });

  it('credits the first click where the programme says so', () => {
    expect(winnerOf(decide([late, early], { touchOrder: 'first' }))).to.equal('early');
  });

  it('credits a coupon before a later click by default', () => {
    const decision = decide([late, aCoupon()]);
    expect(winnerOf(decision)).to.equal('coupon-1');
    expect(reasonOf(decision, 'late')).to.equal('a coupon touch counts before a link touch');
  });

  it('credits the click before the coupon where the programme turns the precedence', () => {
    expect(winnerOf(decide([late, aCoupon()], { precedence: [['link'], ['coupon']] }))).to.equal('late');
  });

  it('decides the same in whatever order the touches come', () => {
    const twin = aTouch({ id: 'twin', at: late.at, affiliateId: 'carl' });
    const orders = [[early, late, twin, aCoupon({ coupon: { policy: 'never', position: 0 } })]];
    const [first = []] = orders;
    const winners = new Set(
      [first, [...first].reverse(), [first[2], first[0], first[3], first[1]]].map((touches) =>
        winnerOf(decide(touches as ConsideredTouch[])),
      ),
    );
    expect(winners.size).to.equal(1);
  });
});

describe("S3 a coupon's credit policy", () => {
  const policy = (name: 'always' | 'if-involved' | 'if-winner' | 'never') => ({
    coupon: { policy: name, position: 0 },
  });
  const bensClick = aTouch({ id: 'bens-click', affiliateId: 'ben', at: before(2 * DAY) });
  const annasClick = aTouch({ id: 'annas-click', at: before(DAY) });

  it('always: the redemption alone earns', () => {
    expect(winnerOf(decide([aCoupon(policy('always'))]))).to.equal('coupon-1');
  });

  it('if-involved: only beside another touch of its owner', () => {
    expect(winnerOf(decide([aCoupon(policy('if-involved'))]))).to.equal(undefined);
    expect(winnerOf(decide([aCoupon(policy('if-involved')), annasClick]))).to.equal('annas-click');
    expect(winnerOf(decide([aCoupon(policy('if-involved')), annasClick, bensClick]))).to.equal('coupon-1');
  });

  it('if-winner: only when its owner wins without it', () => {
    expect(winnerOf(decide([aCoupon(policy('if-winner')), annasClick, bensClick]))).to.equal('annas-click');
    expect(winnerOf(decide([aCoupon(policy('if-winner')), bensClick]))).to.equal('coupon-1');
  });

  it('never: it gives a discount and earns nothing', () => {
    const decision = decide([aCoupon(policy('never')), annasClick]);
    expect(winnerOf(decision)).to.equal('annas-click');
    expect(reasonOf(decision, 'coupon-1')).to.equal('the coupon gives a discount and earns nothing');
  });

  it('S10: of several codes the strongest policy wins, then the earlier in the list', () => {
    const weak = aCoupon({ id: 'weak', affiliateId: 'anna', coupon: { policy: 'if-involved', position: 0 } });
    const second = aCoupon({ id: 'second', coupon: { policy: 'always', position: 2 } });
    const first = aCoupon({ id: 'first', affiliateId: 'carl', coupon: { policy: 'always', position: 1 } });
    expect(winnerOf(decide([weak, second, first, annasClick]))).to.equal('first');
  });
});

it('S3 replay: a decision made again from what it embeds is the same, byte for byte', () => {
  const decision = decide([aTouch(), aCoupon(), aTouch({ id: 'old', at: before(40 * DAY) })]);
  expect(JSON.stringify(pickWinningTouch(decision.input))).to.equal(JSON.stringify(decision));
});

describe("S11 a person's word", () => {
  const manual = (id: string, hoursAgo: number) =>
    aTouch({
      id,
      class: 'manual',
      affiliateId: id,
      at: before(hoursAgo * HOUR),
      manual: { staffId: 'staff', reason: 'they called' },
    });

  it('counts before all evidence, whenever it was said', () => {
    const decision = decide([aTouch(), aCoupon(), manual('after-the-order', -500)]);
    expect(winnerOf(decision)).to.equal('after-the-order');
  });

  it('counts also where the precedence names no manual touches', () => {
    expect(winnerOf(decide([aTouch(), manual('said', 1)], { precedence: [['link']] }))).to.equal('said');
  });

  it('is the newest one, also where the first click wins', () => {
    const touches = [manual('newest', 1), manual('oldest', 3), manual('between', 2)];
    expect(winnerOf(decide(touches, { touchOrder: 'first' }))).to.equal('newest');
  });

  it('lets nobody earn who could not', () => {
    const ended = { affiliate: 'active', membership: 'ended', program: 'live' };
    expect(winnerOf(decide([{ ...manual('said', 1), standing: ended }]))).to.equal(undefined);
  });
});
