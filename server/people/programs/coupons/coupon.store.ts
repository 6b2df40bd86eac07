import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import type { Coupon } from './coupon.ts';
import { defineCouponModel, type CouponDocument } from './coupon.model.ts';

export type CouponStore = ReturnType<typeof createCouponStore>;

/** Queries of coupons, each within one merchant. */
export function createCouponStore(connection: Connection) {
  const coupons = defineCouponModel(connection);
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

    /** Writes new assignments; false when somebody else handed the code over since `before` was read. */
    async saveAssignments(before: Coupon, assignments: Coupon['assignments']): Promise<boolean> {
      const { merchantId, id: _id } = before;
      const filter = { merchantId, _id, assignments: { $size: before.assignments.length } };
      return (await coupons.updateOne(filter, { $set: { assignments } })).matchedCount === 1;
    },
  };
}

function toCoupon({ _id: id, ...facts }: CouponDocument): Coupon {
  return { id, ...facts };
}
