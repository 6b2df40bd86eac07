import type { CommissionRuleSpec } from '../../shared/program-rules.ts';

const BY_LINK_PPM = 200_000;
const BY_COUPON_PPM = 100_000;

/** The rules of the reference programme (S5): 20 % by link, 10 % by the affiliate's own coupon. */
export function referenceProgramme(): { name: string; rules: CommissionRuleSpec[] } {
  return {
    name: 'Reference programme',
    rules: [
      { id: 'link', kind: 'percent', args: { ratePpm: BY_LINK_PPM }, scope: {} },
      { id: 'coupon', kind: 'percent', args: { ratePpm: BY_COUPON_PPM }, scope: { coupon: true } },
    ],
  };
}
