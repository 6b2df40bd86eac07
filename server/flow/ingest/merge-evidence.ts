import type { Evidence } from '../../shared/delivery.ts';
import { canonicalJson } from '../../shared/hash.ts';

/**
 * Evidence of an order after a delivery. Coupons are part of the order's state, so the newest delivery
 * replaces them; everything else is only ever added, because channels see different parts of it.
 */
export function mergeEvidence(known: Evidence[], told: Evidence[], isNewest: boolean): Evidence[] {
  const isCoupon = ({ kind }: Evidence): boolean => kind === 'coupon';
  const coupons = (isNewest ? told : known).filter(isCoupon);
  const others = new Map<string, Evidence>();
  for (const evidence of [...known, ...told]) {
    if (!isCoupon(evidence)) others.set(canonicalJson(evidence), evidence);
  }
  return [...coupons, ...others.values()];
}
