import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../mongo/index.ts';

/** Who may run a job until when. `fence` counts up with every change of holder. */
interface Lease {
  _id: string;
  holder: string;
  until: Date;
  fence: number;
}

export interface LeaseStore {
  /**
   * Takes a lease that is free, over, or our own; the fencing number, or undefined when another holds it.
   * One atomic write decides.
   */
  take(name: string, holder: string, now: Date, until: Date): Promise<number | undefined>;
  /** Whether the holder still has it under this number, and then until when. */
  extend(name: string, fence: number, until: Date): Promise<boolean>;
  giveBack(name: string, fence: number): Promise<void>;
}

/** Free for every clock, also for one that is behind ours. */
const LONG_AGO = new Date(0);

/** Leases of jobs, one document each, so that one process at a time runs a job. */
export function createLeaseStore(connection: Connection): LeaseStore {
  const leases = connection.collection<Lease>('leases');
  return {
    async take(_id, holder, now, until) {
      const taken = await leases.findOneAndUpdate(
        { _id, until: { $lte: now } },
        { $set: { holder, until }, $inc: { fence: 1 } },
        { returnDocument: 'after' },
      );
      if (taken) return taken.fence;
      try {
        await leases.insertOne({ _id, holder, until, fence: 1 });
        return 1;
      } catch (error) {
        if (isDuplicateKey(error)) return undefined;
        throw error;
      }
    },
    extend: async (_id, fence, until) =>
      (await leases.updateOne({ _id, fence }, { $set: { until } })).matchedCount === 1,
    giveBack: async (_id, fence) => {
      await leases.updateOne({ _id, fence }, { $set: { until: LONG_AGO } });
    },
  };
}
