import {
  pickWinningTouch,
  type ConsideredTouch,
  type Decision,
  type DecisionInput,
} from '../../../server/flow/attribution/index.ts';
import { DAY } from '../../../server/shared/clock.ts';
import { programSettings, type ProgramSettings } from '../../../server/shared/program-settings.ts';

/** T of the order that is decided. */
export const T = new Date('2026-10-15T12:00:00Z');
export const before = (milliseconds: number): Date => new Date(T.getTime() - milliseconds);

export const NOT_THE_BUYER: ConsideredTouch['selfReferral'] = {
  sameStoreAccount: false,
  sameEmail: false,
  sameAddress: false,
  samePayoutAccount: false,
  sameIpAt: null,
  sameBrowser: false,
};

/** A click of Anna's, a day old. */
export function aTouch(changes: Partial<ConsideredTouch> = {}): ConsideredTouch {
  return {
    id: 'touch-1',
    class: 'link',
    carrier: 'link',
    at: before(DAY),
    code: 'anna',
    programId: 'programme',
    affiliateId: 'anna',
    affiliateName: 'Anna',
    group: null,
    namedByOrder: false,
    receivedByUs: true,
    blocked: null,
    flagged: null,
    coupon: null,
    binding: null,
    manual: null,
    standing: { affiliate: 'active', membership: 'approved', program: 'live' },
    selfReferral: NOT_THE_BUYER,
    ...changes,
  };
}

/** Ben's coupon, redeemed with the order. */
export const aCoupon = (changes: Partial<ConsideredTouch> = {}): ConsideredTouch =>
  aTouch({
    id: 'coupon-1',
    class: 'coupon',
    carrier: 'coupon ben10',
    code: 'ben10',
    affiliateId: 'ben',
    affiliateName: 'Ben',
    at: T,
    namedByOrder: true,
    receivedByUs: false,
    coupon: { policy: 'always', position: 0 },
    ...changes,
  });

/** A decision's input in one programme; settings that are not named have their defaults. */
export function anInput(
  touches: ConsideredTouch[],
  settings: Partial<ProgramSettings> = {},
  facts: Partial<DecisionInput> = {},
): DecisionInput {
  const version = { version: 1, effectiveFrom: new Date(0) };
  return {
    orderId: 'order',
    placedAt: T,
    checkoutStartedAt: null,
    earlierOrders: [],
    platformEarlierOrders: null,
    touches,
    couponCodes: [],
    longestSettleHours: null,
    settings: { programme: { ...version, settings: { ...programSettings.parse({}), ...settings } } },
    ...facts,
  };
}

export const decide = (...args: Parameters<typeof anInput>): Decision => pickWinningTouch(anInput(...args));

export const winnerOf = (decision: Decision): string | undefined => decision.winner?.id;

export const reasonOf = (decision: Decision, id: string): string | undefined =>
  decision.losers.find(({ touchId }) => touchId === id)?.reason;
