import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../mongo/index.ts';
import { defineIdempotencyModel, type IdempotencyRecord } from './idempotency.model.ts';

export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>;

/** The remembered writes: each step is one atomic write, so that two processes never both win. */
export function createIdempotencyStore(connection: Connection) {
  const records = defineIdempotencyModel(connection);
  let indexed: Promise<void> | undefined;
  return {
    /** Stores a new record; false when the key is taken. */
    async claim(record: IdempotencyRecord): Promise<boolean> {
      // The unique index is the lock itself: without it every repeat would run, and nobody would notice.
      indexed ??= records.createIndexes();
      await indexed.catch((error: unknown) => {
        indexed = undefined;
        throw error;
      });
      try {
        await records.create(record);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    async find(merchantId: string, key: string): Promise<IdempotencyRecord | undefined> {
      return (await records.findOne({ merchantId, key }).lean()) ?? undefined;
    },

    /** Takes over from a run that died; false when somebody else did. */
    async takeOver(dead: IdempotencyRecord, run: string, leaseUntil: Date): Promise<boolean> {
      const { _id, run: deadRun } = dead;
      const { modifiedCount } = await records.updateOne(
        { _id, run: deadRun, state: 'running' },
        { run, leaseUntil },
      );
      return modifiedCount === 1;
    },

    async keepAnswer(mine: { _id: string; run: string }, status: number, answer: string): Promise<void> {
      await records.updateOne({ _id: mine._id, run: mine.run }, { state: 'answered', status, answer });
    },

    /** Forgets a write that was refused or failed, so that its key is free again. */
    async release(mine: { _id: string; run: string }): Promise<void> {
      await records.deleteOne({ _id: mine._id, run: mine.run, state: 'running' });
    },
  };
}
