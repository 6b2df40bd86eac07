import type { Connection } from 'mongoose';
import { createBatchWriter } from '../../../platform/mongo/index.ts';
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
  /** Lets no touch of the merchant's that is there now expire before a moment. */
  keepAtLeast(merchantId: string, until: Date): Promise<void>;
  /** The number of a batch that a process began to count and did not finish. */
  unfinishedBatch(): Promise<number | undefined>;
  isAnyWaiting(): Promise<boolean>;
  /** Puts touches that wait, the oldest first, into a batch of this number; how many. */
  fillBatch(number: number, most: number): Promise<number>;
  batch(number: number): Promise<StoredTouch[]>;
  /** The day's counts have the batch. */
  finishBatch(number: number): Promise<void>;
}

/** A key that a script floods with touches must not make an order expensive. */
const MOST_TOUCHES = 100;
/** About a second of the most that one process takes. */
const MOST_WAITING = 10_000;

export function createTouchStore(connection: Connection): TouchStore & TouchUpkeep {
  const touches = defineTouchModel(connection);
  const writer = createBatchWriter<StoredTouch>(connection, touches.collection.name, MOST_WAITING);
  return {
    insert: writer.insert,
    isFull: writer.isFull,
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
    async unfinishedBatch() {
      const begun = touches.find({ counting: { $gte: 1 } }, { counting: 1 });
      const [touch] = await begun.sort({ counting: 1 }).limit(1).lean<StoredTouch[]>();
      return touch?.counting;
    },
    isAnyWaiting: async () => (await touches.findOne({ counting: 0 }, { _id: 1 }).lean()) !== null,
    async fillBatch(number, most) {
      const waiting = touches.find({ counting: 0 }, { _id: 1 }).sort({ at: 1 }).limit(most);
      const ids = (await waiting.lean<{ _id: string }[]>()).map(({ _id }) => _id);
      const filled = await touches.updateMany(
        { _id: { $in: ids }, counting: 0 },
        { $set: { counting: number } },
      );
      return filled.modifiedCount;
    },
    batch: (number) => touches.find({ counting: number }).lean<StoredTouch[]>(),
    async finishBatch(number) {
      await touches.updateMany({ counting: number }, { $unset: { counting: 1 } });
    },
  };
}
