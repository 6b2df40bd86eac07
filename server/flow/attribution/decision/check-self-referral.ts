import { describeSpan, HOUR } from '../../../shared/clock.ts';
import type { SelfReferralAction, SelfReferralTest } from '../../../shared/program-settings.ts';
import { SELF_REFERRAL_TESTS } from '../../../shared/program-settings.ts';
import type { ConsideredTouch, DecisionInput } from './decision.ts';

/**
 * The tests of S9 that a touch hits and whose setting is `action`, each in words for the merchant; the words tell
 * who bought, so that no affiliate may read them.
 */
export function checkSelfReferral(
  touch: ConsideredTouch,
  action: Exclude<SelfReferralAction, 'ignore'>,
  input: DecisionInput,
): string[] {
  const settings = input.settings[touch.programId]?.settings.selfReferral;
  if (!settings) return [];
  return SELF_REFERRAL_TESTS.filter((test) => settings[test] === action).flatMap((test) => {
    const words = describeHit(test, touch, { ipHours: settings.ipHours, placedAt: input.placedAt });
    return words === undefined ? [] : [words];
  });
}

function describeHit(
  test: SelfReferralTest,
  { selfReferral }: ConsideredTouch,
  { ipHours, placedAt }: { ipHours: number; placedAt: Date },
): string | undefined {
  switch (test) {
    case 'sameStoreAccount':
      return selfReferral[test] ? "the buyer's account in the shop is the affiliate's own" : undefined;
    case 'sameEmail':
      return selfReferral[test] ? "the buyer's e-mail address is the affiliate's own" : undefined;
    case 'sameAddress':
      return selfReferral[test] ? "the buyer's postal address is the affiliate's own" : undefined;
    case 'samePayoutAccount':
      return selfReferral[test] ? "the order was paid from the affiliate's payout account" : undefined;
    case 'sameBrowser':
      return selfReferral[test] ? 'the affiliate had signed in to the portal in the same browser' : undefined;
    case 'sameIp': {
      if (selfReferral.sameIpAt === null) return undefined;
      const apart = placedAt.getTime() - selfReferral.sameIpAt.getTime();
      return apart <= ipHours * HOUR
        ? `the affiliate had signed in from the same network ${describeSpan(apart)} before`
        : undefined;
    }
  }
}
