import { z } from 'zod';
import { notFound } from '../../../shared/errors.ts';
import {
  defineRoute,
  id,
  idParams,
  moment,
  pageOf,
  pageQuery,
  type RouteDefinition,
} from '../../../platform/http/index.ts';
import { createLink, type LinkDeps } from './create-link.ts';
import { newLink } from './link.ts';

const PATH = '/api/v1/links';

const link = z
  .object({
    id: z.string(),
    programId: z.string(),
    affiliateId: z.string(),
    slug: z.string(),
    path: z.string().meta({ description: 'On this server, e.g. /r/anna' }),
    targetUrl: z.string(),
    createdAt: moment,
  })
  .meta({ id: 'Link' });

/** Short links of affiliates. */
export function linkRoutes(deps: LinkDeps): RouteDefinition[] {
  const present = <L extends { slug: string }>(found: L) => ({ ...found, path: `/r/${found.slug}` });
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Make a short link to a page of one of your shops',
      access: 'merchant',
      body: newLink,
      response: link,
      status: 201,
      handle: async ({ caller, body }) => present(await createLink(deps, caller.merchantId, body)),
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'The links, newest first',
      access: 'merchant',
      query: pageQuery.extend({ affiliateId: id.optional() }),
      response: pageOf(link),
      handle: async ({ caller, query }) => {
        const page = await deps.links.list(caller.merchantId, query);
        return { ...page, items: page.items.map(present) };
      },
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'One link',
      access: 'merchant',
      params: idParams,
      response: link,
      handle: async ({ caller, params }) => {
        const found = await deps.links.byId(caller.merchantId, params.id);
        if (!found) throw notFound('The link');
        return present(found);
      },
    }),
  ];
}
