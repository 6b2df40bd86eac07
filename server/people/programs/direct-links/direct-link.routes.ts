import { z } from 'zod';
import {
  defineRoute,
  id,
  idParams,
  moment,
  pageOf,
  pageQuery,
  type Caller,
  type RouteDefinition,
} from '../../../platform/http/index.ts';
import { describeProofs } from './describe-proofs.ts';
import { DIRECT_LINK_STATUSES, newDirectLink, PROOFS, type DirectLink } from './direct-link.ts';
import { directLinkOrThrow, registerDirectLink, type DirectLinkDeps } from './register-direct-link.ts';
import { startReferrerTest } from './test-referrer.ts';
import { verifyDirectLink } from './verify-direct-link.ts';

const PATH = '/api/v1/direct-links';
const status = z.enum(DIRECT_LINK_STATUSES);

const proofs = z
  .object({
    dns: z.object({ name: z.string(), value: z.string() }),
    file: z.object({ url: z.string(), content: z.string() }),
    meta: z.object({ page: z.string(), tag: z.string() }),
  })
  .meta({ description: 'Where the proof goes; any one of the three is enough' });

const referrerTest = z.object({
  createdAt: moment,
  expiresAt: moment,
  arrivedAt: moment.nullable().meta({ description: 'When its address was opened; null = not yet' }),
  referrer: z.string().nullable().meta({ description: 'Host and path of what came; null = nothing' }),
  matches: z.boolean().nullable(),
  result: z.string().nullable(),
});

export const directLinkSchema = z
  .object({
    id: z.string(),
    programId: z.string(),
    affiliateId: z.string(),
    host: z.string(),
    pathPrefix: z.string().meta({ description: 'Empty = the whole site' }),
    status,
    statuses: z.array(z.object({ status, from: moment })),
    proofs,
    lastCheck: z
      .object({ at: moment, found: z.enum(PROOFS).nullable(), reason: z.string().nullable() })
      .nullable(),
    failedChecks: z.int().meta({ description: 'On the schedule and in a row; three suspend it' }),
    nextCheckAt: moment.nullable(),
    test: referrerTest.nullable().meta({ description: 'The last one' }),
    createdAt: moment,
  })
  .meta({ id: 'DirectLink' });

export const presentDirectLink = (found: DirectLink) => ({ ...found, proofs: describeProofs(found) });
const refOf = (caller: Caller, params: { id: string }) => ({ merchantId: caller.merchantId, id: params.id });

/** Affiliates' own sites, whose visitors count without a code. */
export function directLinkRoutes(deps: DirectLinkDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: "Register an affiliate's own site; it counts once it is verified",
      access: 'merchant',
      body: newDirectLink,
      response: directLinkSchema,
      status: 201,
      handle: async ({ caller, body }) =>
        presentDirectLink(await registerDirectLink(deps, caller.merchantId, body)),
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'The direct links, newest first',
      access: 'merchant',
      query: pageQuery.extend({ affiliateId: id.optional() }),
      response: pageOf(directLinkSchema),
      handle: async ({ caller, query }) => {
        const page = await deps.directLinks.list(caller.merchantId, query);
        return { ...page, items: page.items.map(presentDirectLink) };
      },
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'One direct link, and where its proof goes',
      access: 'merchant',
      params: idParams,
      response: directLinkSchema,
      handle: async ({ caller, params }) =>
        presentDirectLink(await directLinkOrThrow(deps, refOf(caller, params))),
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/:id/verify`,
      summary: "Look now for the proof that the site is the affiliate's",
      access: 'merchant',
      params: idParams,
      response: directLinkSchema,
      handle: async ({ caller, params }) =>
        presentDirectLink(await verifyDirectLink(deps, refOf(caller, params))),
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/:id/test`,
      summary: "Make a one-time address that tells which referrer arrives from the affiliate's page",
      access: 'merchant',
      params: idParams,
      response: z.object({
        path: z.string().meta({ description: 'On this server; to be opened by a link on the page' }),
        expiresAt: moment,
      }),
      handle: ({ caller, params }) => startReferrerTest(deps, refOf(caller, params)),
    }),
  ];
}
