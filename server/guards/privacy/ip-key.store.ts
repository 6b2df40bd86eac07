import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/index.ts';
import { defineIpKeyModel, type IpKey } from './ip-key.model.ts';

export type IpKeyStore = ReturnType<typeof createIpKeyStore>;

/** The keys of IP addresses, each merchant's own. */
export function createIpKeyStore(connection: Connection) {
  const keys = defineIpKeyModel(connection);
  const ofDay = ({ merchantId, day }: Pick<IpKey, 'merchantId' | 'day'>) => ({ merchantId, day });
  return {
    /** The key of a day: this one, or the one that came first. */
    async keep(key: IpKey): Promise<IpKey> {
      const options = { upsert: true, returnDocument: 'after' } as const;
      try {
        return await keys.findOneAndUpdate(ofDay(key), { $setOnInsert: key }, options).lean().orFail();
      } catch (error) {
        // Of two upserts at once a MongoDB may refuse one, because the other has just made the document.
        if (!isDuplicateKey(error)) throw error;
        return keys.findOne(ofDay(key)).lean().orFail();
      }
    },

    async find(merchantId: string, day: string): Promise<IpKey | undefined> {
      return (await keys.findOne({ merchantId, day }).lean()) ?? undefined;
    },

    /** The keys from one day to another, both included, that live at a moment; the oldest first. */
    living: (
      merchantId: string,
      { from, to }: { from: string; to: string },
      moment: Date,
    ): Promise<IpKey[]> =>
      keys
        .find({ merchantId, day: { $gte: from, $lte: to }, expiresAt: { $gt: moment } })
        .sort({ day: 1 })
        .lean<IpKey[]>(),

    all: (merchantId: string): Promise<IpKey[]> => keys.find({ merchantId }).lean<IpKey[]>(),

    /** Lets a key end earlier; never later than it was to. */
    async shorten({ merchantId, _id }: IpKey, expiresAt: Date): Promise<void> {
      await keys.updateOne({ merchantId, _id, expiresAt: { $gt: expiresAt } }, { $set: { expiresAt } });
    },
  };
}
