import { expect } from 'chai';
import { deserialize, serialize } from 'bson';
import fc from 'fast-check';
import {
  pickWinningTouch,
  type ConsideredTouch,
  type DecisionInput,
} from '../../server/flow/attribution/index.ts';
import { canonicalJson } from '../../server/shared/hash.ts';
import { programSettings, type ProgramSettings } from '../../server/shared/program-settings.ts';
import { PPM } from '../../server/shared/rates.ts';
import { CASES, holdsAlways } from './hold-always.ts';

const PLACED = Date.UTC(2026, 9, 20);
const WINDOW_SECONDS = 3_600;
const CLOCKS_DIFFER = 120_000;
const WINDOWED = ['link', 'direct-link', 'pixel'];

const DEFAULTS = programSettings.parse({ clickWindowSeconds: WINDOW_SECONDS, voidCodes: ['deal'] });

const settings: fc.Arbitrary<ProgramSettings> = fc
  .record({
    touchOrder: fc.constantFrom('last' as const, 'first' as const),
    precedence: fc.constantFrom(DEFAULTS.precedence, [
      ['manual'],
      ['link', 'pixel'],
      ['coupon'],
    ] as ProgramSettings['precedence']),
  })
  .map((chosen) => ({ ...DEFAULTS, ...chosen }));

/** Moments around the edges: of the window, of the order, of the two minutes by which clocks may differ. */
const EDGES = [
  0,
  1,
  -1,
  60_000,
  -WINDOW_SECONDS * 1_000,
  -WINDOW_SECONDS * 1_000 - 1,
  CLOCKS_DIFFER,
  CLOCKS_DIFFER + 1,
  -900_000,
  86_400_000,
];

const NOBODY = {
  ...{ sameStoreAccount: false, sameEmail: false, sameAddress: false, samePayoutAccount: false },
  ...{ sameIpAt: null, sameBrowser: false },
};

const touch = fc.record({
  class: fc.constantFrom(
    'link' as const,
    'link' as const,
    'direct-link' as const,
    'pixel' as const,
    'coupon' as const,
    'manual' as const,
  ),
  age: fc.constantFrom(...EDGES),
  affiliateId: fc.constantFrom('anna', 'ben'),
  namedByOrder: fc.boolean(),
  policy: fc.constantFrom('always' as const, 'if-involved' as const, 'if-winner' as const, 'never' as const),
  affiliate: fc.constantFrom('active', 'active', 'active', 'suspended'),
  membership: fc.constantFrom('approved', 'approved', 'approved', 'ended'),
  program: fc.constantFrom('live', 'live', 'live', 'live', 'paused'),
  sameEmail: fc.constantFrom(false, false, false, true),
});

const input: fc.Arbitrary<DecisionInput> = fc
  .record({
    touches: fc.array(touch, { maxLength: 4 }),
    settings,
    voided: fc.constantFrom(false, false, false, true),
  })
  .map(({ touches, settings: chosen, voided }) => ({
    orderId: 'order',
    placedAt: new Date(PLACED),
    touches: touches.map(
      ({ age, policy, affiliate, membership, program, sameEmail, ...rest }, index): ConsideredTouch => {
        const isCoupon = rest.class === 'coupon';
        return {
          ...rest,
          id: `t${index}`,
          carrier: 'somewhere',
          at: new Date(isCoupon ? PLACED : PLACED + age),
          code: isCoupon ? `c${index}` : null,
          programId: 'p',
          affiliateName: rest.affiliateId,
          coupon: isCoupon ? { policy, position: index } : null,
          standing: { affiliate, membership, program },
          ...{ group: null, receivedByUs: true, blocked: null, flagged: null, binding: null, manual: null },
          selfReferral: { ...NOBODY, sameEmail },
        };
      },
    ),
    ...{ checkoutStartedAt: null, earlierOrders: [], platformEarlierOrders: null, longestSettleHours: null },
    couponCodes: voided ? ['deal'] : [],
    settings: { p: { version: 1, effectiveFrom: new Date(0), settings: chosen } },
  }));

/** S3 and S9 in other words than the product's: may this touch earn at all? */
function isEligible(one: ConsideredTouch, { settings: all, couponCodes }: DecisionInput): boolean {
  const { affiliate, membership, program } = one.standing;
  const counts = all['p']?.settings.precedence.flat().includes(one.class) ?? false;
  const stands = affiliate === 'active' && membership === 'approved' && program === 'live';
  const inTime = one.at.getTime() <= PLACED + (one.namedByOrder ? Infinity : CLOCKS_DIFFER);
  const inWindow = !WINDOWED.includes(one.class) || PLACED - one.at.getTime() <= WINDOW_SECONDS * 1_000;
  const timely = one.class === 'manual' || one.class === 'coupon' || (inTime && inWindow);
  return (
    counts &&
    stands &&
    timely &&
    !one.selfReferral.sameEmail &&
    couponCodes.length === 0 &&
    one.coupon?.policy !== 'never'
  );
}

describe(`S3 who is credited @long: ${CASES}`, function () {
  this.timeout(600_000);

  it('an ineligible touch never wins, and an eligible one that needs no other is never passed over for nobody', () => {
    holdsAlways([input], (given) => {
      const { winner } = pickWinningTouch(given);
      const earning = given.touches.filter((one) => isEligible(one, given));
      if (winner) expect(earning.map(({ id }) => id)).to.include(winner.id);
      else
        expect(earning.filter(({ coupon }) => (coupon?.policy ?? 'always') === 'always')).to.deep.equal([]);
    });
  });

  it('every touch that did not win is named once with a reason, and the shares make one whole', () => {
    holdsAlways([input], (given) => {
      const { winner, losers, shares } = pickWinningTouch(given);
      const named = [...losers.map(({ touchId }) => touchId), ...(winner ? [winner.id] : [])];
      expect(named.sort()).to.deep.equal(given.touches.map(({ id }) => id).sort());
      expect(losers.every(({ reason }) => reason.length > 0)).to.equal(true);
      expect(shares.reduce((total, { sharePpm }) => total + sharePpm, 0)).to.equal(winner ? PPM : 0);
    });
  });

  it('decided again from what it embeds, after a way through the database, it is the same byte for byte', () => {
    holdsAlways([input], (given) => {
      const decision = pickWinningTouch(given);
      const { stored } = deserialize(serialize({ stored: decision.input }));
      expect(canonicalJson(pickWinningTouch(stored as DecisionInput))).to.equal(canonicalJson(decision));
    });
  });

  it('the order in which the touches were read decides nothing', () => {
    holdsAlways([input, fc.nat(3)], (given, by) => {
      const turned = [...given.touches.slice(by), ...given.touches.slice(0, by)].reverse();
      expect(pickWinningTouch({ ...given, touches: turned }).winner).to.deep.equal(
        pickWinningTouch(given).winner,
      );
    });
  });
});
