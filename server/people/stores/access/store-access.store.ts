import type { Connection } from 'mongoose';
import { saveWithEvents } from '../../../platform/mongo/index.ts';
import type { PendingEvent } from '../../../shared/events.ts';
import type { StoreAccess, StoreChannel } from './store-access.ts';
import { defineStoreAccessModel, type StoreAccessDocument } from './store-access.model.ts';

export type StoreAccessStore = ReturnType<typeof createStoreAccessStore>;

const OPEN = { keys: { $ne: null } } as const;

/** Queries of keys to shops. The one without a merchant serves the jobs, which go through all. */
export function createStoreAccessStore(connection: Connection) {
  const accesses = defineStoreAccessModel(connection);
  const name = accesses.collection.name;
  const past = connection.collection<StoreAccessDocument>(name);
  const many = async (filter: object): Promise<StoreAccess[]> =>
    (await accesses.find(filter).sort({ _id: 1 }).lean()).map(toStoreAccess);

  return {
    async byId(merchantId: string, id: string): Promise<StoreAccess | undefined> {
      const document = await accesses.findOne({ merchantId, _id: id }).lean();
      return document ? toStoreAccess(document) : undefined;
    },
    openOf: (merchantId: string) => many({ merchantId, ...OPEN }),
    allOpen: () => many(OPEN),

    /** Writes keys with the event that they leave; false when somebody else wrote since it was read. */
    save({ id: _id, ...facts }: StoreAccess, events: PendingEvent[]): Promise<boolean> {
      return saveWithEvents(connection, name, { _id, ...facts }, events);
    },

    /** Of the keys that were asked with, and no others: what came of old ones says nothing of new ones. */
    async noteSuccess({ merchantId, id: _id, revision }: StoreAccess, at: Date): Promise<void> {
      await past.updateOne({ merchantId, _id, revision }, { $max: { lastSuccessAt: at } });
    },
    async noteFailure(access: StoreAccess, failure: { at: Date; message: string }): Promise<void> {
      const { merchantId, id: _id, revision } = access;
      await past.updateOne({ merchantId, _id, revision }, { $set: { lastFailure: failure } });
    },
    async noteChannel({ merchantId, id: _id, revision }: StoreAccess, channel: StoreChannel): Promise<void> {
      await past.updateOne({ merchantId, _id, revision }, { $set: { channel } });
    },
    async noteCheck({ merchantId, id: _id, revision }: StoreAccess, checkedAt: Date): Promise<void> {
      await past.updateOne({ merchantId, _id, revision }, { $set: { checkedAt } });
    },
  };
}

function toStoreAccess({ _id: id, ...facts }: StoreAccessDocument): StoreAccess {
  return { id, ...facts };
}
