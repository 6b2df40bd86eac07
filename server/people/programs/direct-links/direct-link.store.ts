import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import type { DirectLink, ProvenSite } from './direct-link.ts';
import { defineDirectLinkModel, type DirectLinkDocument } from './direct-link.model.ts';

export type DirectLinkStore = ReturnType<typeof createDirectLinkStore>;

/** Those that were ever verified; a visit of back then still belongs to one that is suspended now. */
const PROVEN = { status: { $in: ['verified', 'suspended'] } } as const;
/** What a visit asks. */
const SITE = { programId: 1, affiliateId: 1, host: 1, pathPrefix: 1, statuses: 1 } as const;

/**
 * Queries of direct links; all but those of the job and of a test's address within one merchant. Every visit is
 * answered from memory, which only a change of what a visit asks makes void: each other write goes past the schema.
 */
export function createDirectLinkStore(connection: Connection) {
  const directLinks = defineDirectLinkModel(connection);
  const past = connection.collection<DirectLinkDocument>(directLinks.collection.name);
  const findOne = async (filter: object): Promise<DirectLink | undefined> => {
    const document = await directLinks.findOne(filter).lean();
    return document ? toDirectLink(document) : undefined;
  };
  return {
    /** False when the member has registered this place. A new one is not proven: no visit belongs to it yet. */
    async insert({ id: _id, ...facts }: DirectLink): Promise<boolean> {
      try {
        await past.insertOne({ _id, ...facts });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    byId: (merchantId: string, id: string) => findOne({ merchantId, _id: id }),
    byTestToken: (tokenHash: string) => findOne({ 'test.tokenHash': tokenHash }),

    async proven(merchantId: string): Promise<ProvenSite[]> {
      const found = await directLinks.find({ merchantId, ...PROVEN }, SITE).lean<SiteDocument[]>();
      return found.map(({ _id: id, ...facts }) => ({ id, ...facts }));
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
      const { merchantId, id: _id, revision, status } = before;
      const filter = { merchantId, _id, revision };
      const set = { $set: { ...change, revision: revision + 1 } };
      const concernsVisits = change.status !== undefined && change.status !== status;
      const written = concernsVisits
        ? await directLinks.updateOne(filter, set)
        : await past.updateOne(filter, set);
      return written.matchedCount === 1;
    },
  };
}

type SiteDocument = Omit<ProvenSite, 'id'> & { _id: string };

function toDirectLink({ _id: id, ...facts }: DirectLinkDocument): DirectLink {
  return { id, ...facts };
}
