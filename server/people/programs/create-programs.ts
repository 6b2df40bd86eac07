import type { Connection } from '../../platform/mongo/index.ts';
import type { Outgoing } from '../../platform/outgoing/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Issue } from '../../shared/errors.ts';
import type { NewId } from '../../shared/ids.ts';
import type { CommissionRuleSpec } from '../../shared/program-rules.ts';
import type { ProgramSettings } from '../../shared/program-settings.ts';
import { couponRoutes } from './coupons/coupon.routes.ts';
import { createCouponStore } from './coupons/coupon.store.ts';
import { codesThatCouldOwn, selectCoupon } from './coupons/select-coupon.ts';
import { compareShops, createOnCouponTouched, createOnStoreOpened } from './coupons/terms/compare-shop.ts';
import { createNoteTouched } from './coupons/terms/note-touched.ts';
import { createOnCouponChanged, type TellShopsDeps } from './coupons/terms/tell-shops.ts';
import { checkDueLinks } from './direct-links/check-due-links.ts';
import { directLinkRoutes } from './direct-links/direct-link.routes.ts';
import { createDirectLinkStore } from './direct-links/direct-link.store.ts';
import { groupByHost } from './direct-links/group-by-host.ts';
import { noteArrival } from './direct-links/test-referrer.ts';
import { checkLinkTarget } from './links/check-link-target.ts';
import type { FollowedLink, Link } from './links/link.ts';
import { linkRoutes } from './links/link.routes.ts';
import { createLinkStore } from './links/link.store.ts';
import { rewriteRoutes } from './links/rewrite.routes.ts';
import { membershipRoutes } from './memberships/membership.routes.ts';
import { createMembershipStore } from './memberships/membership.store.ts';
import { partnerPackageRoutes } from './partner-package/partner-package.routes.ts';
import { programRoutes } from './terms/program.routes.ts';
import { createProgramStore } from './terms/program.store.ts';

export interface ProgramsDeps {
  connection: Connection;
  clock: Clock;
  newId: NewId;
  validateRules: (rules: readonly CommissionRuleSpec[]) => Issue[];
  affiliateById: (merchantId: string, id: string) => Promise<{ name: string } | undefined>;
  /** Lets the visits that are known live as long as settings to come can ask for them (S3). */
  keepTouches: (merchantId: string, settings: ProgramSettings) => Promise<void>;
  /** `host[:port]` of the shops that a merchant has connected. */
  shopHosts: (merchantId: string) => Promise<string[]>;
  outgoing: Outgoing;
  /** Where visitors reach this server; undefined = wherever a caller reaches it. */
  publicUrl?: string | undefined;
  isStore: (merchantId: string, storeId: string) => Promise<boolean>;
  /** The connected shops of all merchants that gave their keys. */
  listWithRestAccess: () => Promise<{ merchantId: string; storeId: string }[]>;
  storeApi: TellShopsDeps['storeApi'];
  openStoresOf: TellShopsDeps['openStoresOf'];
  askShop: TellShopsDeps['askShop'];
  nudge: (collection: string) => void;
}

export type Programs = ReturnType<typeof createPrograms>;

/** Wires programmes, memberships, coupons, links and direct links, and what the flow asks of them. */
export function createPrograms({ connection, ...rest }: ProgramsDeps) {
  const programs = createProgramStore(connection);
  const memberships = createMembershipStore(connection);
  const coupons = createCouponStore(connection);
  const links = createLinkStore(connection);
  const directLinks = createDirectLinkStore(connection);
  const deps = { ...rest, programs, memberships, coupons, links, directLinks };

  /**
   * Undefined also for a paused one, for one whose affiliate has no code any more, and for one to a shop that the
   * merchant has given up: its address may be somebody else's by now.
   */
  async function follow(link: Link | undefined): Promise<FollowedLink | undefined> {
    if (link?.status !== 'active') return undefined;
    const { id, merchantId, programId, affiliateId, targetUrl, subId, slug: name } = link;
    if (checkLinkTarget(targetUrl, await rest.shopHosts(merchantId)) !== undefined) return undefined;
    const member = await memberships.ofAffiliate(merchantId, programId, affiliateId);
    return member && { id, merchantId, programId, affiliateId, code: member.code, targetUrl, subId, name };
  }

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

    /** What `/r/<slug>` leads to: a short link or a rewrite. */
    async linkBySlug(slug: string): Promise<FollowedLink | undefined> {
      const link = await links.bySlug(slug);
      return link?.kind === 'deep' ? undefined : follow(link);
    },

    /** What `/d/<id>` leads to: a deep link. */
    async linkById(id: string): Promise<FollowedLink | undefined> {
      const link = await links.byIdAlone(id);
      return link?.kind === 'deep' ? follow(link) : undefined;
    },

    /** The sites of a merchant's affiliates that visits can belong to, for `findOwnerOfReferrer`. */
    provenSites: async (merchantId: string) =>
      groupByHost(await directLinks.proven(merchantId), await rest.shopHosts(merchantId)),

    /** The job that looks again for the proofs of direct links. */
    checkDirectLinks: (mayGoOn: () => Promise<boolean>) => checkDueLinks(deps, mayGoOn),
    /** What a visitor of a test's address is told. */
    noteArrival: (token: string, header: string | undefined) => noteArrival(deps, token, header),

    onCouponChanged: createOnCouponChanged(deps),
    onCouponTouched: createOnCouponTouched(deps),
    onStoreOpened: createOnStoreOpened(deps),
    /** What a shop says of a coupon that was changed in it. */
    noteTouchedCoupon: createNoteTouched(deps),
    /** The job that compares coupons with the shops, daily. */
    compareCoupons: (mayGoOn: () => Promise<boolean>) => compareShops(deps, mayGoOn),

    /** The membership that an affiliate code belongs to. */
    async ownerOfCode(merchantId: string, foldedCode: string) {
      const found = await memberships.byCode(merchantId, foldedCode);
      return found && { programId: found.programId, affiliateId: found.affiliateId, membershipId: found.id };
    },

    routes: [
      ...programRoutes(deps),
      ...membershipRoutes(deps),
      ...couponRoutes(deps),
      ...linkRoutes(deps),
      ...rewriteRoutes(deps),
      ...directLinkRoutes(deps),
      ...partnerPackageRoutes(deps),
    ],
  };
}
