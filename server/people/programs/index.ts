export {
  commissionRules,
  programSettings,
  type CommissionRuleSpec,
  type ProgramRulesVersion,
  type ProgramSettings,
  type ProgramSettingsVersion,
} from '../../shared/program-terms.ts';
export type { Coupon, CreditPolicy } from './coupons/coupon.ts';
export { createPrograms, type Programs } from './create-programs.ts';
export type { Link } from './links/link.ts';
export type { Membership, MembershipStatus } from './memberships/membership.ts';
export { referenceProgramme } from './reference-programme.ts';
export type { Program } from './terms/program.ts';
