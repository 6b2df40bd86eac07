import type { Connection } from 'mongoose';
import { createBatchWriter } from '../../../platform/mongo/index.ts';
import type { ClickCounts, ClickSeries, ClickSum } from '../clicks/click-day.ts';
import { UNCOUNTED } from './judge-click.ts';
import { defineTouchModel, type StoredTouch } from './touch.model.ts';

export interface TouchStore {
  /**
   * Resolves when the touch is journaled. `duplicate`: another touch counts for the same visitor, link and hour.
   * @throws TooMuchWaiting at once when more touches come than can be written.
   */
  insert(touch: StoredTouch): Promise<'inserted' | 'duplicate'>;
  /** True when the next touch would be refused. */
  isFull(): boolean;
  byIds(merchantId: string, ids: string[]): Promise<StoredTouch[]>;
  /** Made until then: the oldest and the newest hundred, because only the first and the last can win (S3). */
  byVisitors(merchantId: string, visitorKeys: string[], until: Date): Promise<StoredTouch[]>;
}

/** What keeping and counting touches asks beside. */
export interface TouchUpkeep {
  /** Resolves when nothing waits to be written. */
  drain(): Promise<void>;
  /** Lets no touch of the merchant's that is there now expire before a moment. */
  keepAtLeast(merchantId: string, until: Date): Promise<void>;
  /** Which touches waited to be counted at that moment, the oldest first. */
  waiting(at: Date, most: number): Promise<string[]>;
  /** The sums of those of these that are there, whether they wait or not. */
  sum(ids: readonly string[]): Promise<ClickSum[]>;
  /** The day's counts have these. */
  endWaiting(ids: readonly string[]): Promise<void>;
}

/** Adds touches up where they lie: to read each would take the server longer than to answer its visitor. */
const SUMS = {
  $group: {
    _id: {
      ...{ merchantId: '$merchantId', day: '$day', programId: '$programId' },
      ...{ affiliateId: '$affiliateId', linkId: '$linkId', subId: '$subId' },
    },
    clicks: { $sum: { $cond: [{ $eq: ['$uncounted', null] }, 1, 0] } },
    ...Object.fromEntries(
      Object.keys(UNCOUNTED).map((reason) => [
        reason,
        { $sum: { $cond: [{ $eq: ['$uncounted', reason] }, 1, 0] } },
      ]),
    ),
  },
};

/** A key that a script floods with touches must not make an order expensive. */
const MOST_TOUCHES = 100;
/** Some seconds of what one process writes, for the merchants who let visitors go before their click is written. */
const MOST_WAITING = 10_000;

export function createTouchStore(connection: Connection): TouchStore & TouchUpkeep {
  const touches = defineTouchModel(connection);
  const writer = createBatchWriter<StoredTouch>(connection, touches.collection.name, MOST_WAITING);
  // Counting goes past mongoose, which would take longer for each touch than the database does.
  const counted = connection.collection<StoredTouch>(touches.collection.name);
  return {
    insert: writer.insert,
    isFull: writer.isFull,
    drain: writer.drain,
    byIds: async (merchantId, ids) =>
      ids.length === 0 ? [] : touches.find({ merchantId, _id: { $in: ids } }).lean<StoredTouch[]>(),
    async byVisitors(merchantId, visitorKeys, until) {
      if (visitorKeys.length === 0) return [];
      const filter = { merchantId, visitorKey: { $in: visitorKeys }, at: { $lte: until } };
      const read = (direction: 1 | -1) =>
        touches
          .find(filter)
          .sort({ at: direction, _id: direction })
          .limit(MOST_TOUCHES)
          .lean<StoredTouch[]>();
      const [oldest, newest] = await Promise.all([read(1), read(-1)]);
      return [...new Map([...oldest, ...newest].map((touch) => [touch._id, touch])).values()];
    },
    async keepAtLeast(merchantId, until) {
      await touches.updateMany({ merchantId, expiresAt: { $lt: until } }, { $set: { expiresAt: until } });
    },
    async waiting(at, most) {
      const [found] = await counted
        .aggregate<{ ids: string[] }>([
          { $match: { waitsSince: { $lte: at } } },
          { $sort: { waitsSince: 1 } },
          { $limit: most },
          { $group: { _id: null, ids: { $push: '$_id' } } },
        ])
        .toArray();
      return found?.ids ?? [];
    },
    async sum(ids) {
      const these = { $match: { _id: { $in: ids } } };
      const sums = await counted.aggregate<ClickCounts & { _id: ClickSeries }>([these, SUMS]).toArray();
      return sums.map(({ _id: series, ...counts }) => ({ series, counts }));
    },
    async endWaiting(ids) {
      await counted.updateMany({ _id: { $in: [...ids] } }, { $unset: { waitsSince: 1 } });
    },
  };
}
