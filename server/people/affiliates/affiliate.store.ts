import type { Connection } from 'mongoose';
import { afterCursor, NEWEST_FIRST, toPage, type Page, type PageRequest } from '../../platform/http/index.ts';
import { isDuplicateKey } from '../../platform/mongo/index.ts';
import type { Affiliate, AffiliateStatus } from './affiliate.ts';
import { defineAffiliateModel, type AffiliateDocument } from './affiliate.model.ts';

export type AffiliateStore = ReturnType<typeof createAffiliateStore>;

/** Queries of affiliates, each within one merchant. */
export function createAffiliateStore(connection: Connection) {
  const affiliates = defineAffiliateModel(connection);
  return {
    /** False when the merchant has an affiliate with this e-mail. */
    async insert({ id: _id, ...facts }: Affiliate): Promise<boolean> {
      try {
        await affiliates.create({ _id, ...facts });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    async byId(merchantId: string, id: string): Promise<Affiliate | undefined> {
      const document = await affiliates.findOne({ merchantId, _id: id }).lean();
      return document ? toAffiliate(document) : undefined;
    },

    async byIds(merchantId: string, ids: readonly string[]): Promise<Affiliate[]> {
      const documents = await affiliates.find({ merchantId, _id: { $in: [...ids] } }).lean();
      return documents.map(toAffiliate);
    },

    async list(
      merchantId: string,
      { limit, cursor, status }: PageRequest & { status?: AffiliateStatus | undefined },
    ): Promise<Page<Affiliate>> {
      const filter = { merchantId, ...(status ? { status } : {}), ...afterCursor(cursor) };
      const documents = await affiliates
        .find(filter)
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean();
      return toPage(documents.map(toAffiliate), limit);
    },

    /** Writes a longer history; false when another step came between. */
    async saveStatuses(before: Affiliate, statuses: Affiliate['statuses']): Promise<boolean> {
      const { merchantId, id: _id } = before;
      const filter = { merchantId, _id, statuses: { $size: before.statuses.length } };
      const status = statuses.at(-1)?.status ?? before.status;
      return (await affiliates.updateOne(filter, { $set: { statuses, status } })).matchedCount === 1;
    },
  };
}

function toAffiliate({ _id: id, ...facts }: AffiliateDocument): Affiliate {
  return { id, ...facts };
}
