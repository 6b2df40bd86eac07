import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/index.ts';
import { AFFILIATE_ACCOUNT_KINDS } from '../../shared/posting-state.ts';
import { defineBalanceModel, type CachedBalance } from './balance.model.ts';

export interface AccountKey {
  merchantId: string;
  account: string;
  currency: string;
}

/** A merchant's accounts, or those of one affiliate alone. */
export interface BalanceFilter {
  merchantId: string;
  affiliateId?: string;
}

export interface BalanceStore {
  find(key: AccountKey): Promise<CachedBalance | undefined>;
  /** By currency and account, from the first after `after`. */
  all(merchantId: string): AsyncIterable<CachedBalance>;
  list(filter: BalanceFilter, limit: number, after?: string): Promise<CachedBalance[]>;
  has(filter: BalanceFilter, id: string): Promise<boolean>;
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
    list: (filter, limit, after) =>
      balances
        .find({ ...conditionsOf(filter), ...(after !== undefined && { _id: { $gt: after } }) })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<CachedBalance[]>(),
    all: (merchantId) => balances.find({ merchantId }).sort({ _id: 1 }).lean<CachedBalance>().cursor(),
    has: async (filter, _id) => (await balances.countDocuments({ ...conditionsOf(filter), _id })) === 1,
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

/** An affiliate's accounts are those whose names begin with a kind and the affiliate; "0" is what follows "/". */
function conditionsOf({ merchantId, affiliateId }: BalanceFilter): object {
  if (affiliateId === undefined) return { merchantId };
  const ranges = AFFILIATE_ACCOUNT_KINDS.map((kind) => ({
    account: { $gte: `${kind}/${affiliateId}/`, $lt: `${kind}/${affiliateId}0` },
  }));
  return { merchantId, $or: ranges };
}
