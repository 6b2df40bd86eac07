import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import type { Link } from './link.ts';
import { defineLinkModel, type LinkDocument } from './link.model.ts';

export type LinkStore = ReturnType<typeof createLinkStore>;

/** Queries of links; all but `bySlug` within one merchant. */
export function createLinkStore(connection: Connection) {
  const links = defineLinkModel(connection);
  return {
    /** False when the slug is taken, by whomever. */
    async insert({ id: _id, ...facts }: Link): Promise<boolean> {
      try {
        await links.create({ _id, ...facts });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    async byId(merchantId: string, id: string): Promise<Link | undefined> {
      const document = await links.findOne({ merchantId, _id: id }).lean();
      return document ? toLink(document) : undefined;
    },

    async bySlug(slug: string): Promise<Link | undefined> {
      const document = await links.findOne({ slug }).lean();
      return document ? toLink(document) : undefined;
    },

    async list(
      merchantId: string,
      { affiliateId, limit, cursor }: PageRequest & { affiliateId?: string | undefined },
    ): Promise<Page<Link>> {
      const filter = { merchantId, ...(affiliateId ? { affiliateId } : {}), ...afterCursor(cursor) };
      const documents = await links
        .find(filter)
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean();
      return toPage(documents.map(toLink), limit);
    },
  };
}

function toLink({ _id: id, ...facts }: LinkDocument): Link {
  return { id, ...facts };
}
