import type { Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Issue } from '../../shared/errors.ts';
import type { NewId } from '../../shared/ids.ts';
import type { CommissionRuleSpec } from '../../shared/program-rules.ts';
import { couponRoutes } from './coupons/coupon.routes.ts';
import { createCouponStore } from './coupons/coupon.store.ts';
import { codesThatCouldOwn, selectCoupon } from './coupons/select-coupon.ts';
import { linkRoutes } from './links/link.routes.ts';
import { createLinkStore } from './links/link.store.ts';
import { membershipRoutes } from './memberships/membership.routes.ts';
import { createMembershipStore } from './memberships/membership.store.ts';
import { programRoutes } from './terms/program.routes.ts';
import { createProgramStore } from './terms/program.store.ts';

export interface ProgramsDeps {
  connection: Connection;
  clock: Clock;
  newId: NewId;
  validateRules: (rules: readonly CommissionRuleSpec[]) => Issue[];
  affiliateById: (merchantId: string, id: string) => Promise<{ name: string } | undefined>;
  /** `host[:port]` of the shops that a merchant has connected. */
  shopHosts: (merchantId: string) => Promise<string[]>;
}

export type Programs = ReturnType<typeof createPrograms>;

/** Wires programmes, memberships, coupons and links, and what the flow asks of them. */
export function createPrograms({ connection, ...rest }: ProgramsDeps) {
  const programs = createProgramStore(connection);
  const memberships = createMembershipStore(connection);
  const coupons = createCouponStore(connection);
  const links = createLinkStore(connection);
  const deps = { ...rest, programs, memberships, coupons, links };
  return {
    programById: (merchantId: string, id: string) => programs.byId(merchantId, id),
    membershipOf: (merchantId: string, programId: string, affiliateId: string) =>
      memberships.ofAffiliate(merchantId, programId, affiliateId),
    /** The coupon that a code on an order belonged to at a moment: an exact one before a pattern (S10). */
    couponOfCode: async (merchantId: string, foldedCode: string, moment: Date) =>
      selectCoupon(await coupons.byCodes(merchantId, codesThatCouldOwn(foldedCode)), foldedCode, moment),
    programsOf: (merchantId: string) => programs.all(merchantId),
    programsOwningProducts: (merchantId: string, productIds: readonly string[]) =>
      programs.owningProducts(merchantId, productIds),

    /** A short link with the affiliate's code, which its target is called with. */
    async linkBySlug(slug: string) {
      const link = await links.bySlug(slug);
      const member =
        link && (await memberships.ofAffiliate(link.merchantId, link.programId, link.affiliateId));
      return member && { ...link, code: member.code };
    },

    /** The membership that an affiliate code belongs to. */
    async ownerOfCode(merchantId: string, foldedCode: string) {
      const found = await memberships.byCode(merchantId, foldedCode);
      return found && { programId: found.programId, affiliateId: found.affiliateId, membershipId: found.id };
    },

    routes: [...programRoutes(deps), ...membershipRoutes(deps), ...couponRoutes(deps), ...linkRoutes(deps)],
  };
}
