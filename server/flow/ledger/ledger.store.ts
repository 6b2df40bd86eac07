import type { Connection } from 'mongoose';
import type { PendingEvent } from '../../shared/events.ts';
import { isDuplicateKey } from '../../platform/mongo/index.ts';
import { defineLedgerModel } from './ledger.model.ts';
import type { AccountKey } from './balance.store.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/** What one account holds: what came in minus what went out. Minor units of `currency`. */
export interface AccountBalance {
  account: string;
  currency: string;
  balance: bigint;
}

export type InsertResult = 'inserted' | 'already-posted' | 'lost-race';

export interface LedgerStore {
  last(merchantId: string): Promise<LedgerEntry | undefined>;
  /** The last entry of one affiliate in one currency; it carries the balance. */
  lastOfAffiliate(series: {
    merchantId: string;
    affiliateId: string;
    currency: string;
  }): Promise<LedgerEntry | undefined>;
  byId(merchantId: string, entryId: string): Promise<LedgerEntry | undefined>;
  byReference(merchantId: string, reference: string): Promise<LedgerEntry | undefined>;
  insert(entry: LedgerEntry, events: PendingEvent[]): Promise<InsertResult>;
  /** By number, from the first after `afterSeq`. */
  list(filter: LedgerFilter, limit: number, afterSeq?: number): Promise<LedgerEntry[]>;
  /** One affiliate's entries in one currency, oldest first, posted before `before`. */
  ofAffiliate(
    merchantId: string,
    affiliateId: string,
    currency: string,
    before: Date,
  ): Promise<LedgerEntry[]>;
  /** The entries that move one account, after number `afterSeq`, oldest first. */
  ofAccount(key: AccountKey, afterSeq: number): AsyncIterable<LedgerEntry>;
  /** Affiliates and currencies with at least one entry before `before`. */
  seriesBefore(merchantId: string, before: Date): Promise<{ affiliateId: string; currency: string }[]>;
  /** Every account's balance, summed from the postings, not from the cache. */
  balances(merchantId: string): Promise<AccountBalance[]>;
  /** All entries in order of `seq`, as a stream. */
  inOrder(merchantId: string): AsyncIterable<LedgerEntry>;
  merchantIds(): Promise<string[]>;
}

export interface LedgerFilter {
  merchantId: string;
  affiliateId?: string;
  currency?: string;
}

export function createLedgerStore(connection: Connection): LedgerStore {
  const entries = defineLedgerModel(connection);
  return {
    last: async (merchantId) =>
      (await entries.findOne({ merchantId }).sort({ seq: -1 }).lean<LedgerEntry>()) ?? undefined,
    lastOfAffiliate: async ({ merchantId, affiliateId, currency }) =>
      (await entries.findOne({ merchantId, affiliateId, currency }).sort({ seq: -1 }).lean<LedgerEntry>()) ??
      undefined,
    byId: async (merchantId, _id) =>
      (await entries.findOne({ merchantId, _id }).lean<LedgerEntry>()) ?? undefined,
    byReference: async (merchantId, reference) =>
      (await entries.findOne({ merchantId, reference }).lean<LedgerEntry>()) ?? undefined,
    async insert(entry, pendingEvents) {
      try {
        await connection
          .collection<LedgerEntry & { pendingEvents: PendingEvent[] }>(entries.collection.name)
          .insertOne({ ...entry, pendingEvents });
        return 'inserted';
      } catch (error) {
        if (isDuplicateKey(error, 'reference')) return 'already-posted';
        if (isDuplicateKey(error, 'seq')) return 'lost-race';
        throw error;
      }
    },
    list: (filter, limit, afterSeq = 0) =>
      entries
        .find({ ...filter, seq: { $gt: afterSeq } })
        .sort({ seq: 1 })
        .limit(limit)
        .lean<LedgerEntry[]>(),
    ofAffiliate: (merchantId, affiliateId, currency, before) =>
      entries
        .find({ merchantId, affiliateId, currency, postedAt: { $lt: before } })
        .sort({ postedAt: 1, seq: 1 })
        .lean<LedgerEntry[]>(),
    ofAccount: ({ merchantId, account, currency }, afterSeq) =>
      entries
        .find({ merchantId, accounts: account, currency, seq: { $gt: afterSeq } })
        .sort({ seq: 1 })
        .lean<LedgerEntry>()
        .cursor(),
    async seriesBefore(merchantId, before) {
      const groups = await entries.aggregate<{ _id: { affiliateId: string; currency: string } }>([
        { $match: { merchantId, postedAt: { $lt: before } } },
        { $group: { _id: { affiliateId: '$affiliateId', currency: '$currency' } } },
        { $sort: { '_id.affiliateId': 1, '_id.currency': 1 } },
      ]);
      return groups.map(({ _id }) => _id);
    },
    balances: (merchantId) => sumAccounts(entries, merchantId),
    inOrder: (merchantId) => entries.find({ merchantId }).sort({ seq: 1 }).lean<LedgerEntry>().cursor(),
    merchantIds: () => entries.distinct('merchantId'),
  };
}

/** Adds up, per account and currency, what postings brought in and took out. */
async function sumAccounts(
  entries: ReturnType<typeof defineLedgerModel>,
  merchantId: string,
): Promise<AccountBalance[]> {
  const sides = ['destination', 'source'] as const;
  const totals = new Map<string, AccountBalance>();
  for (const side of sides) {
    const groups = await entries.aggregate<{ _id: { account: string; currency: string }; total: bigint }>([
      { $match: { merchantId } },
      { $unwind: '$postings' },
      {
        $group: {
          _id: { account: `$postings.${side}`, currency: '$currency' },
          total: { $sum: '$postings.amount' },
        },
      },
    ]);
    for (const { _id, total } of groups) {
      const key = `${_id.account} ${_id.currency}`;
      const before = totals.get(key)?.balance ?? 0n;
      totals.set(key, { ..._id, balance: side === 'destination' ? before + total : before - total });
    }
  }
  return [...totals.values()].sort((a, b) => (a.account + a.currency < b.account + b.currency ? -1 : 1));
}
