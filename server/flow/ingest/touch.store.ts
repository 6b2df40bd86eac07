import type { Connection } from 'mongoose';
import { defineTouchModel, type StoredTouch } from './touch.model.ts';

export interface TouchStore {
  insert(touch: StoredTouch): Promise<void>;
  byIds(merchantId: string, ids: string[]): Promise<StoredTouch[]>;
  byVisitors(merchantId: string, visitorKeys: string[]): Promise<StoredTouch[]>;
}

export function createTouchStore(connection: Connection): TouchStore {
  const touches = defineTouchModel(connection);
  return {
    insert: async (touch) => {
      await connection.collection<StoredTouch>(touches.collection.name).insertOne(touch);
    },
    byIds: async (merchantId, ids) =>
      ids.length === 0 ? [] : touches.find({ merchantId, _id: { $in: ids } }).lean<StoredTouch[]>(),
    byVisitors: async (merchantId, visitorKeys) =>
      visitorKeys.length === 0
        ? []
        : touches.find({ merchantId, visitorKey: { $in: visitorKeys } }).lean<StoredTouch[]>(),
  };
}
