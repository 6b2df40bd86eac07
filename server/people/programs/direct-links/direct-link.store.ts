import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import type { DirectLink } from './direct-link.ts';
import { defineDirectLinkModel, type DirectLinkDocument } from './direct-link.model.ts';

export type DirectLinkStore = ReturnType<typeof createDirectLinkStore>;

/** Queries of direct links; all but those of the job and of a test's address within one merchant. */
export function createDirectLinkStore(connection: Connection) {
  const directLinks = defineDirectLinkModel(connection);
  const findOne = async (filter: object): Promise<DirectLink | undefined> => {
    const document = await directLinks.findOne(filter).lean();
    return document ? toDirectLink(document) : undefined;
  };
  return {
    /** False when the member has registered this place. */
    async insert({ id: _id, ...facts }: DirectLink): Promise<boolean> {
      try {
        await directLinks.create({ _id, ...facts });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    byId: (merchantId: string, id: string) => findOne({ merchantId, _id: id }),
    byTestToken: (tokenHash: string) => findOne({ 'test.tokenHash': tokenHash }),

    /** Those that were ever verified; a visit of back then still belongs to one that is suspended now. */
    async proven(merchantId: string): Promise<DirectLink[]> {
      const found = directLinks.find({ merchantId, status: { $in: ['verified', 'suspended'] } });
      return (await found.lean()).map(toDirectLink);
    },

    async list(
      merchantId: string,
      { affiliateId, limit, cursor }: PageRequest & { affiliateId?: string | undefined },
    ): Promise<Page<DirectLink>> {
      const filter = { merchantId, ...(affiliateId ? { affiliateId } : {}), ...afterCursor(cursor) };
      const documents = await directLinks
        .find(filter)
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean();
      return toPage(documents.map(toDirectLink), limit);
    },

    /** Those of all merchants whose look is due, the longest waiting first. */
    async due(now: Date, limit: number): Promise<DirectLink[]> {
      const filter = { nextCheckAt: { $lte: now } };
      return (await directLinks.find(filter).sort({ nextCheckAt: 1 }).limit(limit).lean()).map(toDirectLink);
    },

    /** Writes a change; false when somebody else changed the direct link since `before` was read. */
    async save(before: DirectLink, change: Partial<DirectLink>): Promise<boolean> {
      const { merchantId, id: _id, revision } = before;
      const filter = { merchantId, _id, revision };
      const set = { ...change, revision: revision + 1 };
      return (await directLinks.updateOne(filter, { $set: set })).matchedCount === 1;
    },
  };
}

function toDirectLink({ _id: id, ...facts }: DirectLinkDocument): DirectLink {
  return { id, ...facts };
}
