import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import type { PendingEvent } from '../../../shared/events.ts';
import { NO_TERMS, type Coupon } from './coupon.ts';
import { defineCouponModel, type CouponDocument } from './coupon.model.ts';
import type { CouponStanding } from './terms/coupon-standing.ts';

export type CouponStore = ReturnType<typeof createCouponStore>;

/** Queries of coupons, each within one merchant. */
export function createCouponStore(connection: Connection) {
  const coupons = defineCouponModel(connection);
  /** What shops are told is nothing that an order asks for, so that nobody's memory is void by it. */
  const past = connection.collection<WrittenCoupon>(coupons.collection.name);
  return {
    /** False when the merchant has a coupon of this code. */
    async insert({ id: _id, ...facts }: Coupon): Promise<boolean> {
      try {
        await coupons.create({ _id, ...facts });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    async byId(merchantId: string, id: string): Promise<Coupon | undefined> {
      const document = await coupons.findOne({ merchantId, _id: id }).lean();
      return document ? toCoupon(document) : undefined;
    },

    async byCodes(merchantId: string, foldedCodes: readonly string[]): Promise<Coupon[]> {
      const documents = await coupons.find({ merchantId, foldedCode: { $in: [...foldedCodes] } }).lean();
      return documents.map(toCoupon);
    },

    /** All that an affiliate owns or ever owned, newest first. */
    async everOwnedBy(merchantId: string, affiliateId: string): Promise<Coupon[]> {
      const filter = { merchantId, 'assignments.affiliateId': affiliateId };
      return (await coupons.find(filter).sort(NEWEST_FIRST).lean()).map(toCoupon);
    },

    async list(
      merchantId: string,
      { programId, limit, cursor }: PageRequest & { programId?: string | undefined },
    ): Promise<Page<Coupon>> {
      const filter = { merchantId, ...(programId ? { programId } : {}), ...afterCursor(cursor) };
      const documents = await coupons
        .find(filter)
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean();
      return toPage(documents.map(toCoupon), limit);
    },

    /** By what a shop calls it. */
    async byStanding(merchantId: string, storeId: string, externalId: string): Promise<Coupon | undefined> {
      const filter = { merchantId, [`standings.${storeId}.externalId`]: parseInt(externalId, 10) };
      const document = await coupons.findOne(filter).lean();
      return document ? toCoupon(document) : undefined;
    },

    /** Those of a merchant that shops are to hold, in the order of their ids. */
    async withTerms(merchantId: string, afterId: string, limit: number): Promise<Coupon[]> {
      const filter = { merchantId, _id: { $gt: afterId }, terms: { $ne: null } };
      return (await coupons.find(filter).sort({ _id: 1 }).limit(limit).lean()).map(toCoupon);
    },

    /** Writes new assignments; false when somebody else handed the code over since `before` was read. */
    async saveAssignments(
      before: Coupon,
      assignments: Coupon['assignments'],
      events: PendingEvent[],
    ): Promise<boolean> {
      const { merchantId, id: _id } = before;
      const filter = { merchantId, _id, assignments: { $size: before.assignments.length } };
      const told = { $inc: { termsRevision: 1 }, $push: { pendingEvents: { $each: events } } };
      return (await coupons.updateOne(filter, { $set: { assignments }, ...told })).matchedCount === 1;
    },

    /** Writes what shops are to hold, with the event by which they are told. */
    async saveTerms(
      { merchantId, id: _id }: CouponRef,
      change: Partial<Pick<Coupon, 'terms' | 'isPaused' | 'mayAdopt' | 'storeIds'>>,
      event: PendingEvent,
    ): Promise<void> {
      const told = { $inc: { termsRevision: 1 }, $push: { pendingEvents: event } };
      await past.updateOne({ merchantId, _id }, { $set: change, ...told });
    },

    /** Leaves an event in a coupon. */
    async leave({ merchantId, id: _id }: CouponRef, event: PendingEvent): Promise<void> {
      await past.updateOne({ merchantId, _id }, { $push: { pendingEvents: event } });
    },

    /** Notes how a coupon stands in a shop; false when what the shop is to hold has changed since it was read. */
    async saveStanding(
      { merchantId, id: _id, termsRevision }: Coupon,
      storeId: string,
      standing: CouponStanding,
    ): Promise<boolean> {
      const noted = { $set: { [`standings.${storeId}`]: standing } };
      return (await past.updateOne({ merchantId, _id, termsRevision }, noted)).matchedCount === 1;
    },
  };
}

type CouponRef = Pick<Coupon, 'merchantId' | 'id'>;
type WrittenCoupon = CouponDocument & { pendingEvents: PendingEvent[] };

/** What was stored before coupons had terms has none. */
function toCoupon({ _id: id, ...facts }: CouponDocument): Coupon {
  return { id, ...NO_TERMS, ...facts };
}
