import mongoose, { type Connection } from 'mongoose';
import { createBatchWriter } from '../../platform/mongo/index.ts';
import { defineInboxModel, type InboxDelivery, type InboxDocument } from './inbox.model.ts';
import type { PreparedDelivery } from './prepare-delivery.ts';

const { BSON } = mongoose.mongo;

/** Deliveries that wait to be durable, of all stores; with more the answer is 503, so that waiting stays short. */
const MOST_WAITING = 2_000;

export interface InboxStore {
  /**
   * Resolves when the delivery is durable; `duplicate` when one of the same name was received before.
   * @throws TooMuchWaiting when too many wait: nothing of this one was kept.
   */
  insert(delivery: InboxDelivery): Promise<'inserted' | 'duplicate'>;
  /** True when the next delivery would be refused. */
  isFull(): boolean;
  /** A delivery that was not applied yet. */
  findWaiting(merchantId: string, deliveryId: string): Promise<PreparedDelivery | undefined>;
  /** Keeps of a delivery that was applied only its name, until a moment, so that a repeat is known. */
  keepName(merchantId: string, deliveryId: string, until: Date): Promise<void>;
  /** Resolves when nothing waits to be durable. */
  drain(): Promise<void>;
}

/** The deliveries that were received; past mongoose, which would take longer for each than the database does. */
export function createInboxStore(connection: Connection): InboxStore {
  const { name } = defineInboxModel(connection).collection;
  const inbox = connection.collection<InboxDocument>(name);
  const writer = createBatchWriter<InboxDocument>(connection, name, MOST_WAITING);
  return {
    insert({ prepared, ...delivery }) {
      return writer.insert({ ...delivery, prepared: new BSON.Binary(BSON.serialize(prepared)) });
    },
    async findWaiting(merchantId, _id) {
      const found = await inbox.findOne({ merchantId, _id, expiresAt: null });
      const bytes = found?.prepared?.buffer;
      // int64 as bigint, as everywhere (platform/mongo/connect.ts).
      return bytes && (BSON.deserialize(bytes, { useBigInt64: true }) as PreparedDelivery);
    },
    async keepName(merchantId, _id, expiresAt) {
      await inbox.updateOne({ merchantId, _id }, { $set: { expiresAt }, $unset: { prepared: '' } });
    },
    isFull: writer.isFull,
    drain: writer.drain,
  };
}
