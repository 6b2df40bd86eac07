import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/index.ts';
import { defineBalanceModel, type CachedBalance } from './balance.model.ts';

export interface AccountKey {
  merchantId: string;
  account: string;
  currency: string;
}

export interface BalanceStore {
  find(key: AccountKey): Promise<CachedBalance | undefined>;
  /** By currency and account, from the first after `after`. */
  list(merchantId: string, limit: number, after?: string): Promise<CachedBalance[]>;
  all(merchantId: string): AsyncIterable<CachedBalance>;
  has(merchantId: string, id: string): Promise<boolean>;
  /** Writes a balance if it still stands at `knownSeq` (0 = nowhere); false when another write came first. */
  save(balance: Omit<CachedBalance, '_id'>, knownSeq: number): Promise<boolean>;
  clear(merchantId: string): Promise<void>;
}

const idOf = ({ merchantId, account, currency }: AccountKey): string =>
  [merchantId, currency, account].join(' ');

export function createBalanceStore(connection: Connection): BalanceStore {
  const balances = defineBalanceModel(connection);
  return {
    find: async (key) => (await balances.findOne({ _id: idOf(key) }).lean<CachedBalance>()) ?? undefined,
    list: (merchantId, limit, after) =>
      balances
        .find({ merchantId, ...(after !== undefined && { _id: { $gt: after } }) })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<CachedBalance[]>(),
    all: (merchantId) => balances.find({ merchantId }).sort({ _id: 1 }).lean<CachedBalance>().cursor(),
    has: async (merchantId, _id) => (await balances.countDocuments({ merchantId, _id })) === 1,
    async save(balance, knownSeq) {
      const _id = idOf(balance);
      if (knownSeq > 0) {
        const changes = { balance: balance.balance, seq: balance.seq };
        return (await balances.updateOne({ _id, seq: knownSeq }, { $set: changes })).matchedCount === 1;
      }
      try {
        await balances.create({ _id, ...balance });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    clear: async (merchantId) => {
      await balances.deleteMany({ merchantId });
    },
  };
}
