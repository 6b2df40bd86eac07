import { expect } from 'chai';
import fc from 'fast-check';
import {
  pickWinningTouch,
  replayDecision,
  type ConsideredTouch,
  type DecisionInput,
} from '../../../server/flow/attribution/index.ts';
import { checkEligibility } from '../../../server/flow/attribution/decision/check-eligibility.ts';
import { DAY, MINUTE } from '../../../server/shared/clock.ts';
import { programSettings } from '../../../server/shared/program-settings.ts';
import { TOUCH_CLASSES } from '../../../server/shared/touch.ts';
import { anInput, aTouch, before, NOT_THE_BUYER } from './a-decision.ts';

const ACTIONS = ['ignore', 'hold', 'reject'] as const;

const someTouch: fc.Arbitrary<Partial<ConsideredTouch>> = fc.record({
  class: fc.constantFrom(...TOUCH_CLASSES),
  affiliateId: fc.constantFrom('anna', 'ben', 'carl'),
  at: fc.integer({ min: -5, max: 40 * 24 * 60 }).map((minutes) => before(minutes * MINUTE)),
  namedByOrder: fc.boolean(),
  receivedByUs: fc.boolean(),
  blocked: fc.constantFrom(null, null, null, 'a data centre'),
  standing: fc.record({
    affiliate: fc.constantFrom('active', 'active', 'suspended'),
    membership: fc.constantFrom('approved', 'approved', 'ended'),
    program: fc.constantFrom('live', 'live', 'paused'),
  }),
  coupon: fc.record({
    policy: fc.constantFrom('always', 'if-involved', 'if-winner', 'never'),
    position: fc.integer({ min: 0, max: 3 }),
  }),
  selfReferral: fc.record({
    ...Object.fromEntries(Object.keys(NOT_THE_BUYER).map((test) => [test, fc.boolean()])),
    sameIpAt: fc.constantFrom(null, before(DAY)),
  }) as fc.Arbitrary<ConsideredTouch['selfReferral']>,
});

/** Touches and settings of every kind; the decision under them is whatever it is. */
const someInput: fc.Arbitrary<DecisionInput> = fc
  .record({
    touches: fc.array(someTouch, { maxLength: 7 }),
    touchOrder: fc.constantFrom('last', 'first'),
    lateTouch: fc.constantFrom('earn', 'lose', 'nothing'),
    split: fc.constantFrom(null, { coupon: 500_000, link: 333_333, pixel: 166_667 }),
    sameEmail: fc.constantFrom(...ACTIONS),
    sameIp: fc.constantFrom(...ACTIONS),
    checkoutStartedAt: fc.constantFrom(null, before(DAY)),
    couponCodes: fc.constantFrom<string[]>([], ['dealsite']),
  })
  .map(({ touches, touchOrder, lateTouch, split, sameEmail, sameIp, ...facts }) => {
    const { selfReferral } = programSettings.parse({});
    const settings = { touchOrder, lateTouch, split, selfReferral: { ...selfReferral, sameEmail, sameIp } };
    const considered = touches.map((touch, index) => {
      const coupon = touch.class === 'coupon' ? (touch.coupon ?? null) : null;
      const manual = touch.class === 'manual' ? { staffId: 'staff', reason: 'because' } : null;
      return aTouch({ ...touch, id: `touch-${index}`, coupon, manual });
    });
    return anInput(considered, { ...settings, voidCodes: ['dealsite'] }, facts);
  });

describe('S3 whatever touches an order has', () => {
  const holds = (property: (input: DecisionInput) => void): void =>
    fc.assert(fc.property(someInput, property), { numRuns: 300 });

  it('a touch that is not eligible never earns', () => {
    holds((input) => {
      const { winner, shares } = pickWinningTouch(input);
      const refused = input.touches.filter((touch) => checkEligibility(touch, input)).map(({ id }) => id);
      expect(refused).to.not.include.members([winner?.id ?? 'nobody']);
      for (const { touchId } of shares) expect(refused).to.not.include(touchId);
    });
  });

  it('the shares add up to one whole, the first one is of the winner, and nobody has two', () => {
    holds((input) => {
      const { winner, shares } = pickWinningTouch(input);
      const total = shares.reduce((sum, { sharePpm }) => sum + sharePpm, 0);
      expect([total, shares[0]?.touchId]).to.deep.equal(winner ? [1_000_000, winner.id] : [0, undefined]);
      expect(new Set(shares.map(({ affiliateId }) => affiliateId)).size).to.equal(shares.length);
    });
  });

  it('every touch either earns or has a reason, once', () => {
    holds((input) => {
      const { winner, losers, shares } = pickWinningTouch(input);
      const lost = losers.map(({ touchId }) => touchId);
      expect(new Set(lost).size).to.equal(lost.length);
      for (const { id, affiliateId } of input.touches) {
        const shared = shares.some((share) => share.affiliateId === affiliateId);
        expect(lost.includes(id) || id === winner?.id || shared, id).to.equal(true);
        expect(lost.includes(id) && id === winner?.id, id).to.equal(false);
      }
    });
  });

  it('the order in which they are listed decides nothing', () => {
    holds((input) => {
      const { winner, shares, hold } = pickWinningTouch(input);
      const turned = pickWinningTouch({ ...input, touches: input.touches.toReversed() });
      expect([turned.winner, turned.shares, turned.hold]).to.deep.equal([winner, shares, hold]);
    });
  });

  it('a replay of the decision gives the same, byte for byte', () => {
    holds((input) => {
      const decision = pickWinningTouch(input);
      expect(replayDecision(decision)).to.deep.equal([]);
      expect(JSON.stringify(pickWinningTouch(decision.input))).to.equal(JSON.stringify(decision));
    });
  });
});
