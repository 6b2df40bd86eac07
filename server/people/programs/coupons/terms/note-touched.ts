import { pendingEvent } from '../../../../shared/events.ts';
import { foldCode } from '../../../../shared/fold-code.ts';
import type { CouponDeps } from '../create-coupon.ts';

/**
 * A shop says that a coupon was changed or deleted in it. Of ours, it is looked at afterwards; the word of the shop's
 * plugin is only the reason to look. Nothing is deleted here (S10).
 */
export function createNoteTouched(deps: Pick<CouponDeps, 'coupons' | 'clock' | 'newId' | 'nudge'>) {
  return async (
    { merchantId, storeId }: { merchantId: string; storeId: string },
    { id, code }: { id: string; code?: string },
  ): Promise<void> => {
    const coupon =
      (await deps.coupons.byStanding(merchantId, storeId, id)) ??
      (code === undefined ? undefined : (await deps.coupons.byCodes(merchantId, [foldCode(code)]))[0]);
    if (!coupon?.terms) return;
    const data = { couponId: coupon.id, storeId };
    const touched = pendingEvent('coupon.touched', merchantId, data, { id: deps.newId(), now: deps.clock() });
    await deps.coupons.leave(coupon, touched);
    deps.nudge('coupons');
  };
}
