import type { Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import { advancePostings } from './states/advance-postings.ts';
import type { CommissionStore } from './commission.store.ts';
import { listEvents } from './list-events.ts';

const BATCH = 200;

export interface ReleaseDueDeps {
  commissions: CommissionStore;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'commissions') => void;
}

/**
 * Moves every commission whose hold is over (S7). Running it twice, or in two processes at once, moves nothing
 * twice: each write is made against the revision that was read.
 * @param mayGoOn asked before every batch; false ends the run, because another process has taken over
 * @returns how many commissions were moved
 * @throws the first failure, when everything else has been moved
 */
export function createReleaseDue({ commissions, clock, newId, nudge }: ReleaseDueDeps) {
  const release = (merchantId: string, orderId: string): Promise<void> =>
    untilSaved(async () => {
      const known = await commissions.byOrder(merchantId, orderId);
      const now = clock();
      if (!known?.dueAt || known.dueAt > now) return { saved: true, result: undefined };
      const next = advancePostings(known, now);
      const saved = await commissions.save(next, listEvents(known, next, { now, newId }));
      return { saved, result: undefined };
    });

  return async (mayGoOn: () => Promise<boolean>): Promise<number> => {
    let moved = 0;
    let failure: Error | undefined;
    while (await mayGoOn()) {
      const due = await commissions.due(clock(), BATCH);
      const before = moved;
      for (const { merchantId, _id } of due) {
        try {
          await release(merchantId, _id);
          moved += 1;
        } catch (error) {
          // One commission that cannot be moved holds up no other.
          failure ??= error instanceof Error ? error : new Error(String(error));
        }
      }
      if (moved > before) nudge('commissions');
      if (due.length < BATCH || moved === before) break;
    }
    if (failure) throw failure;
    return moved;
  };
}
