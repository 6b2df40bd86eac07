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
import { changeRewriteStatus, changeRewriteTarget, rewriteOrThrow } from './change-rewrite.ts';
import { createLink, type LinkDeps } from './create-link.ts';
import { LINK_STATUSES, newRewrite, newTarget, type Link } from './link.ts';
import { linkSchema, presentLink } from './link.routes.ts';

const PATH = '/api/v1/rewrites';

const rewrite = linkSchema
  .extend({
    version: z.int().meta({ description: 'Of the target' }),
    targets: z.array(z.object({ version: z.int(), targetUrl: z.string(), from: moment })),
    statuses: z.array(z.object({ status: z.enum(LINK_STATUSES), from: moment })),
  })
  .meta({ id: 'Rewrite' });

const present = (found: Link) => ({ ...presentLink(found), version: found.targets.length });
const refOf = (caller: Caller, params: { id: string }) => ({ merchantId: caller.merchantId, id: params.id });
const changing = { access: 'merchant', params: idParams, response: rewrite } as const;

/** Vanity paths on this server, whose target the merchant may change. */
export function rewriteRoutes(deps: LinkDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Lead a path of this server to a page of one of your shops',
      access: 'merchant',
      body: newRewrite,
      response: rewrite,
      status: 201,
      handle: async ({ caller, body }) =>
        present(await createLink(deps, caller.merchantId, { ...body, kind: 'rewrite' })),
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'The rewrites, newest first',
      access: 'merchant',
      query: pageQuery.extend({ affiliateId: id.optional() }),
      response: pageOf(rewrite),
      handle: async ({ caller, query }) => {
        const page = await deps.links.list(caller.merchantId, { ...query, kinds: ['rewrite'] });
        return { ...page, items: page.items.map(present) };
      },
    }),
    defineRoute({
      ...changing,
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'One rewrite with all its targets',
      handle: async ({ caller, params }) => present(await rewriteOrThrow(deps, refOf(caller, params))),
    }),
    defineRoute({
      ...changing,
      method: 'put',
      path: `${PATH}/:id/target`,
      summary: 'Lead a rewrite to another page from now on',
      body: newTarget,
      handle: async ({ caller, params, body }) =>
        present(await changeRewriteTarget(deps, refOf(caller, params), body)),
    }),
    ...(['pause', 'resume'] as const).map((step) =>
      defineRoute({
        ...changing,
        method: 'post',
        path: `${PATH}/:id/${step}`,
        summary:
          step === 'pause' ? 'Stop a rewrite: its path leads nowhere' : 'Let a paused rewrite lead again',
        handle: async ({ caller, params }) => {
          const status = step === 'pause' ? 'paused' : 'active';
          return present(await changeRewriteStatus(deps, refOf(caller, params), status));
        },
      }),
    ),
  ];
}
