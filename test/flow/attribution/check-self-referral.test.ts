import { expect } from 'chai';
import type { ConsideredTouch } from '../../../server/flow/attribution/index.ts';
import { HOUR } from '../../../server/shared/clock.ts';
import {
  programSettings,
  SELF_REFERRAL_TESTS,
  type SelfReferralAction,
  type SelfReferralTest,
} from '../../../server/shared/program-settings.ts';
import { aCoupon, aTouch, before, decide, NOT_THE_BUYER, winnerOf } from './a-decision.ts';

/** An affiliate who is the buyer by one of the tests. */
function hit(test: SelfReferralTest): Partial<ConsideredTouch> {
  const fact = test === 'sameIp' ? { sameIpAt: before(HOUR) } : { [test]: true };
  return { selfReferral: { ...NOT_THE_BUYER, ...fact } };
}

/** Settings in which one test has an action, and all others are ignored. */
function only(test: SelfReferralTest, action: SelfReferralAction, ipHours = 24) {
  const ignored = Object.fromEntries(SELF_REFERRAL_TESTS.map((name) => [name, 'ignore']));
  return { selfReferral: programSettings.shape.selfReferral.parse({ ...ignored, [test]: action, ipHours }) };
}

const WORDS: Record<SelfReferralTest, string> = {
  sameStoreAccount: 'account in the shop',
  sameEmail: 'e-mail address',
  sameAddress: 'postal address',
  samePayoutAccount: 'payout account',
  sameIp: 'same network',
  sameBrowser: 'same browser',
};

describe('S9 an affiliate who is the buyer', () => {
  for (const test of SELF_REFERRAL_TESTS) {
    describe(`by ${test}`, () => {
      it('earns where the programme ignores it', () => {
        const decision = decide([aTouch(hit(test))], only(test, 'ignore'));
        expect([winnerOf(decision), decision.hold]).to.deep.equal(['touch-1', null]);
      });

      it('wins where the programme holds it, and a person is told why', () => {
        const decision = decide([aTouch(hit(test))], only(test, 'hold'));
        expect(winnerOf(decision)).to.equal('touch-1');
        expect(decision.hold).to.contain(`Anna: `).and.to.contain(WORDS[test]);
      });

      it('is rejected where the programme rejects it: the merchant learns why, affiliates only that it is', () => {
        const decision = decide([aTouch(hit(test))], only(test, 'reject'));
        const [loser] = decision.losers;
        expect([winnerOf(decision), decision.hold]).to.deep.equal([undefined, null]);
        expect(loser?.reason).to.equal('a rule of the programme excludes it');
        expect(loser?.forMerchant).to.contain(WORDS[test]);
      });
    });
  }

  it('leaves the order to the next touch when rejected', () => {
    const own = aTouch({ ...hit('sameEmail'), id: 'own', affiliateId: 'ben' });
    expect(winnerOf(decide([aTouch(), own], only('sameEmail', 'reject')))).to.equal('touch-1');
  });
});

describe('S9 the same network', () => {
  const signedIn = (hoursBefore: number) =>
    aTouch({ selfReferral: { ...NOT_THE_BUYER, sameIpAt: before(hoursBefore * HOUR) } });

  it('counts within the hours of the setting, the last moment included', () => {
    expect(decide([signedIn(6)], only('sameIp', 'hold', 6)).hold).to.equal(
      'Anna: the affiliate had signed in from the same network 6 h before',
    );
  });

  it('does not count before them', () => {
    expect(decide([signedIn(6.0001)], only('sameIp', 'hold', 6)).hold).to.equal(null);
  });
});

describe('S9 a hold', () => {
  it('is not caused by a touch that loses', () => {
    const own = aTouch({ ...hit('sameAddress') });
    expect(decide([own, aCoupon()], only('sameAddress', 'hold')).hold).to.equal(null);
  });

  it('is caused by whoever shares in the commission', () => {
    const own = aTouch({ ...hit('sameAddress') });
    const split = { coupon: 500_000, link: 500_000 };
    const decision = decide([own, aCoupon()], { ...only('sameAddress', 'hold'), split });
    expect([winnerOf(decision), decision.hold]).to.deep.equal([
      'coupon-1',
      "Anna: the buyer's postal address is the affiliate's own",
    ]);
  });
});
