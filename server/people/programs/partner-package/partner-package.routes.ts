import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../platform/http/index.ts';
import { CREDIT_POLICIES } from '../coupons/coupon.ts';
import { directLinkSchema, presentDirectLink } from '../direct-links/direct-link.routes.ts';
import type { LinkDeps } from '../links/create-link.ts';
import { newDeepLink } from '../links/link.ts';
import { linkSchema, presentLink } from '../links/link.routes.ts';
import { MEMBERSHIP_STATUSES } from '../memberships/membership.ts';
import { PROGRAM_STATUSES } from '../terms/program.ts';
import { createOwnLink } from './create-own-link.ts';
import { packForAffiliate, type PackageDeps, type PartnerPackage } from './pack-for-affiliate.ts';

const partnerPackage = z
  .object({
    shopHosts: z.array(z.string()).meta({ description: 'Where links may lead' }),
    programs: z.array(
      z.object({
        programId: z.string(),
        name: z.string(),
        status: z.enum(PROGRAM_STATUSES),
        membership: z.enum(MEMBERSHIP_STATUSES),
        code: z.string().meta({ description: 'Counts on any page of the shops, as ?ref=<code>' }),
      }),
    ),
    coupons: z.array(
      z.object({
        id: z.string(),
        programId: z.string(),
        code: z.string(),
        creditPolicy: z.enum(CREDIT_POLICIES),
      }),
    ),
    links: z.array(linkSchema).meta({ description: 'Short and deep ones, newest first, 500 at most' }),
    rewrites: z.array(linkSchema).meta({ description: 'Newest first, 500 at most' }),
    directLinks: z.array(directLinkSchema).meta({ description: 'Newest first, 500 at most' }),
  })
  .meta({ id: 'PartnerPackage' });

/** What affiliates send buyers with, by their own API key. */
export function partnerPackageRoutes(deps: PackageDeps & LinkDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/affiliate/partner-package',
      summary: "All of the affiliate's codes, coupons, links, rewrites and direct links",
      access: 'affiliate',
      response: partnerPackage,
      handle: async ({ caller }) => present(await packForAffiliate(deps, caller)),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/affiliate/links',
      summary: 'Make a deep link of your own to a page of one of the shops',
      access: 'affiliate',
      body: newDeepLink,
      response: linkSchema,
      status: 201,
      handle: async ({ caller, body }) => presentLink(await createOwnLink(deps, caller, body)),
    }),
  ];
}

function present({ programs, links, rewrites, directLinks, ...rest }: PartnerPackage) {
  return {
    ...rest,
    programs: programs.map(({ program: { id: programId, name, status }, membership }) => ({
      programId,
      name,
      status,
      membership: membership.status,
      code: membership.code,
    })),
    links: links.map(presentLink),
    rewrites: rewrites.map(presentLink),
    directLinks: directLinks.map(presentDirectLink),
  };
}
