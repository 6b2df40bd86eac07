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
import { drawQrCode } from './draw-qr-code.ts';
import { LINK_KINDS, LINK_STATUSES, newLink, pathOf, type Link } from './link.ts';

const PATH = '/api/v1/links';

export interface LinkRouteDeps extends LinkDeps {
  /** Where visitors reach this server; undefined = wherever the caller reaches it. */
  publicUrl?: string | undefined;
}

export const linkSchema = z
  .object({
    id: z.string(),
    programId: z.string(),
    affiliateId: z.string(),
    kind: z.enum(LINK_KINDS),
    slug: z.string().meta({ description: "A deep link's is its id" }),
    path: z.string().meta({ description: 'On this server, e.g. /r/anna' }),
    targetUrl: z.string(),
    status: z.enum(LINK_STATUSES),
    subId: z.string().nullable(),
    title: z.string().nullable(),
    createdAt: moment,
  })
  .meta({ id: 'Link' });

export const presentLink = (found: Link) => ({ ...found, path: pathOf(found) });

/** Links of affiliates, of every kind. */
export function linkRoutes(deps: LinkRouteDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Make a short or a deep link to a page of one of your shops',
      access: 'merchant',
      body: newLink,
      response: linkSchema,
      status: 201,
      handle: async ({ caller, body }) => presentLink(await createLink(deps, caller.merchantId, body)),
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'The links of every kind, newest first',
      access: 'merchant',
      query: pageQuery.extend({ affiliateId: id.optional() }),
      response: pageOf(linkSchema),
      handle: async ({ caller, query }) => {
        const page = await deps.links.list(caller.merchantId, query);
        return { ...page, items: page.items.map(presentLink) };
      },
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'One link',
      access: 'merchant',
      params: idParams,
      response: linkSchema,
      handle: async ({ caller, params }) =>
        presentLink(await linkOrThrow(deps, caller.merchantId, params.id)),
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id/qr.svg`,
      summary: 'A link as a QR code to print',
      access: 'merchant',
      params: idParams,
      response: z.string(),
      responseType: 'image/svg+xml',
      handle: async ({ caller, params, origin }) => {
        const link = await linkOrThrow(deps, caller.merchantId, params.id);
        return drawQrCode(`${deps.publicUrl ?? origin}${pathOf(link)}`, link.title ?? link.slug);
      },
    }),
  ];
}

async function linkOrThrow({ links }: LinkDeps, merchantId: string, id: string): Promise<Link> {
  const found = await links.byId(merchantId, id);
  if (!found) throw notFound('The link');
  return found;
}
