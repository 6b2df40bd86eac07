import type { Clock } from '../../../shared/clock.ts';
import { couponOwner, type Coupon } from '../coupons/coupon.ts';
import type { CouponStore } from '../coupons/coupon.store.ts';
import type { DirectLink } from '../direct-links/direct-link.ts';
import type { DirectLinkStore } from '../direct-links/direct-link.store.ts';
import type { Link } from '../links/link.ts';
import type { LinkStore } from '../links/link.store.ts';
import type { Membership } from '../memberships/membership.ts';
import type { MembershipStore } from '../memberships/membership.store.ts';
import type { Program } from '../terms/program.ts';
import type { ProgramStore } from '../terms/program.store.ts';

/** More than anybody places; who has more finds the newest here. */
const MOST = 500;

export interface PackageDeps {
  programs: ProgramStore;
  memberships: MembershipStore;
  coupons: CouponStore;
  links: LinkStore;
  directLinks: DirectLinkStore;
  /** `host[:port]` of the shops that a merchant has connected. */
  shopHosts: (merchantId: string) => Promise<string[]>;
  clock: Clock;
}

/** All with which an affiliate may send buyers. */
export interface PartnerPackage {
  shopHosts: string[];
  programs: { program: Program; membership: Membership }[];
  /** Those that are the affiliate's now. */
  coupons: Coupon[];
  /** Short and deep ones; newest first, 500 at most. */
  links: Link[];
  /** Newest first, 500 at most. */
  rewrites: Link[];
  /** Newest first, 500 at most. */
  directLinks: DirectLink[];
}

/** Gathers what an affiliate sends buyers with, and nobody else's. */
export async function packForAffiliate(
  deps: PackageDeps,
  { merchantId, affiliateId }: { merchantId: string; affiliateId: string },
): Promise<PartnerPackage> {
  const now = deps.clock();
  const newest = { affiliateId, limit: MOST };
  const [shopHosts, programs, coupons, links, rewrites, directLinks] = await Promise.all([
    deps.shopHosts(merchantId),
    programsOf(deps, merchantId, affiliateId),
    deps.coupons.everOwnedBy(merchantId, affiliateId),
    deps.links.list(merchantId, { ...newest, kinds: ['short', 'deep'] }),
    deps.links.list(merchantId, { ...newest, kinds: ['rewrite'] }),
    deps.directLinks.list(merchantId, newest),
  ]);
  return {
    shopHosts,
    programs,
    coupons: coupons.filter((coupon) => couponOwner(coupon, now) === affiliateId),
    links: links.items,
    rewrites: rewrites.items,
    directLinks: directLinks.items,
  };
}

/** A merchant has few programmes, and one membership at most in each is the affiliate's. */
async function programsOf(
  { programs, memberships }: PackageDeps,
  merchantId: string,
  affiliateId: string,
): Promise<PartnerPackage['programs']> {
  const all = await programs.all(merchantId);
  const joined = await Promise.all(
    all.map(async (program) => {
      const membership = await memberships.ofAffiliate(merchantId, program.id, affiliateId);
      return membership ? [{ program, membership }] : [];
    }),
  );
  return joined.flat();
}
