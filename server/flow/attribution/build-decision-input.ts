import { foldCode } from '../../shared/fold-code.ts';
import type { Order, TouchStore } from '../ingest/index.ts';
import { collectTouches } from './collect-touches.ts';
import type { ConsideredTouch, DecisionInput } from './decision.ts';
import type { ReferralDirectory, Standing } from './referral-directory.ts';

/** Reads everything that a decision depends on, as it was at T (S3). */
export async function buildDecisionInput(
  order: Order & { placedAt: Date },
  deps: { touches: TouchStore; directory: ReferralDirectory },
): Promise<DecisionInput> {
  const { directory } = deps;
  const { merchantId, placedAt } = order;
  const found = await collectTouches(order, deps);
  const standings = new Map<string, Promise<Standing>>();
  const standingOf = (programId: string, affiliateId: string): Promise<Standing> => {
    const key = `${programId} ${affiliateId}`;
    const asked = standings.get(key) ?? directory.standing(merchantId, programId, affiliateId, placedAt);
    standings.set(key, asked);
    return asked;
  };
  const touches = await Promise.all(
    found.map(async (touch): Promise<ConsideredTouch> => {
      const standing = await standingOf(touch.programId, touch.affiliateId);
      const { affiliateName, emailKey, affiliate, membership, program } = standing;
      const sameEmail = emailKey !== null && emailKey === order.buyer.email;
      return {
        ...touch,
        affiliateName,
        standing: { affiliate, membership, program },
        selfReferral: { sameEmail },
      };
    }),
  );
  touches.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
  const settings: DecisionInput['settings'] = {};
  for (const programId of new Set(touches.map((touch) => touch.programId))) {
    const version = await directory.settingsAt(merchantId, programId, placedAt);
    if (version) settings[programId] = version;
  }
  const couponCodes = order.evidence
    .filter((item) => item.kind === 'coupon')
    .map(({ code }) => foldCode(code));
  return { orderId: order._id, placedAt, touches, couponCodes, settings };
}
