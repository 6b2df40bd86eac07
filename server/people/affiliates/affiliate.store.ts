import type { Connection } from 'mongoose';
import { afterCursor, NEWEST_FIRST, toPage, type Page, type PageRequest } from '../../platform/http/index.ts';
import { isDuplicateKey } from '../../platform/mongo/index.ts';
import { UNKNOWN_IDENTITY } from '../../shared/identity.ts';
import type { Affiliate, AffiliateStatus } from './affiliate.ts';
import { defineAffiliateModel, type AffiliateDocument } from './affiliate.model.ts';

/** More than anybody signs in within the days that S9 looks back. */
const MOST_VISITS = 500;
const MOST_BROWSERS = 50;

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

    /** Writes the stated parts of an identity, and leaves the others alone. False when there is no affiliate. */
    async stateIdentity(
      merchantId: string,
      _id: string,
      stated: Partial<Affiliate['identity']>,
    ): Promise<boolean> {
      const set = Object.fromEntries(
        Object.entries(stated).map(([name, value]) => [`identity.${name}`, value]),
      );
      if (Object.keys(set).length === 0) return (await affiliates.exists({ merchantId, _id })) !== null;
      return (await affiliates.updateOne({ merchantId, _id }, { $set: set })).matchedCount === 1;
    },

    /** Notes a sign-in to the portal; the oldest beyond the limits are forgotten. */
    async noteSignIn(
      merchantId: string,
      _id: string,
      { visit, browser }: { visit: Affiliate['identity']['visits'][number] | null; browser: string | null },
    ): Promise<void> {
      const push = {
        ...(visit && { 'identity.visits': { $each: [visit], $slice: -MOST_VISITS } }),
        ...(browser && { 'identity.browsers': { $each: [browser], $slice: -MOST_BROWSERS } }),
      };
      if (visit ?? browser) await affiliates.updateOne({ merchantId, _id }, { $push: push });
    },
  };
}

/** Affiliates of the first version have no identity. */
function toAffiliate({ _id: id, identity, ...facts }: AffiliateDocument): Affiliate {
  return { id, ...facts, identity: { ...UNKNOWN_IDENTITY, ...identity } };
}
