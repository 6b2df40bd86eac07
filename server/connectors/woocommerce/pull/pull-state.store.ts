import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import { definePullStateModel } from './pull-state.model.ts';
import { newPullState, type PullState } from './pull-state.ts';

/** Another process has gone on with the store. */
export class Overtaken extends Error {}

export interface PullStateStore {
  load(merchantId: string, storeId: string): Promise<PullState>;
  /**
   * Writes a change and gives the state after it.
   * @throws Overtaken when somebody wrote since it was loaded: a process that slept must not move a mark
   */
  save(before: PullState, change: Partial<PullState>): Promise<PullState>;
}

export function createPullStateStore(connection: Connection): PullStateStore {
  const states = definePullStateModel(connection);
  return {
    async load(merchantId, _id) {
      const found = await states.findOne({ merchantId, _id }).lean();
      if (!found) return newPullState(merchantId, _id);
      const { _id: id, ...facts } = found;
      return { id, ...facts };
    },
    async save(before, change) {
      const next = { ...before, ...change, revision: before.revision + 1 };
      const { id: _id, ...facts } = next;
      if (before.revision > 0) {
        const { matchedCount } = await states.updateOne({ _id, revision: before.revision }, { $set: facts });
        if (matchedCount === 0) throw new Overtaken();
        return next;
      }
      try {
        await states.create({ _id, ...facts });
        return next;
      } catch (error) {
        throw isDuplicateKey(error) ? new Overtaken() : error;
      }
    },
  };
}
