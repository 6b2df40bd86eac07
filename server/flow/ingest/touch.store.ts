import type { Connection } from 'mongoose';
import { defineTouchModel, type StoredTouch } from './touch.model.ts';

export interface TouchStore {
  insert(touch: StoredTouch): Promise<void>;
  byIds(merchantId: string, ids: string[]): Promise<StoredTouch[]>;
  /** Made until then: the oldest and the newest hundred, because only the first and the last can win (S3). */
  byVisitors(merchantId: string, visitorKeys: string[], until: Date): Promise<StoredTouch[]>;
}

/** A key that a script floods with touches must not make an order expensive. */
const MOST_TOUCHES = 100;

export function createTouchStore(connection: Connection): TouchStore {
  const touches = defineTouchModel(connection);
  return {
    insert: async (touch) => {
      await connection.collection<StoredTouch>(touches.collection.name).insertOne(touch);
    },
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
  };
}
