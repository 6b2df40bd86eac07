import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/index.ts';
import type { Merchant, StaffMember } from './merchant.ts';
import { defineMerchantModel, type MerchantDocument } from './merchant.model.ts';

export type MerchantStore = ReturnType<typeof createMerchantStore>;

/** Queries of merchants and their staff. */
export function createMerchantStore(connection: Connection) {
  const merchants = defineMerchantModel(connection);
  return {
    /** Stores a merchant, or says which of the two unique things was taken. */
    async insert(merchant: Merchant, origin?: 'first'): Promise<'stored' | 'email-taken' | 'not-first'> {
      const { id: _id, ...facts } = merchant;
      try {
        await merchants.create({ _id, ...facts, ...(origin ? { origin } : {}) });
        return 'stored';
      } catch (error) {
        if (isDuplicateKey(error, 'origin')) return 'not-first';
        if (isDuplicateKey(error)) return 'email-taken';
        throw error;
      }
    },

    async anyExists(): Promise<boolean> {
      return (await merchants.findOne({}, { _id: 1 }).lean()) !== null;
    },

    async byId(merchantId: string): Promise<Merchant | undefined> {
      return toMerchant(await merchants.findOne({ _id: merchantId }).lean());
    },

    async byStaffEmail(email: string): Promise<{ merchant: Merchant; member: StaffMember } | undefined> {
      const merchant = toMerchant(await merchants.findOne({ 'staff.email': email }).lean());
      const member = merchant?.staff.find((each) => each.email === email);
      return merchant && member && { merchant, member };
    },
  };
}

function toMerchant(document: MerchantDocument | null): Merchant | undefined {
  if (!document) return undefined;
  const { _id: id, name, timeZone, staff, createdAt } = document;
  return { id, name, timeZone, staff, createdAt };
}
