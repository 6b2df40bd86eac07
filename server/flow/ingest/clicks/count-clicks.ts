import type { Clock } from '../../../shared/clock.ts';
import type { TouchUpkeep } from '../touches/touch.store.ts';
import type { ClickDayStore } from './click-day.store.ts';
import { sumClicks } from './sum-clicks.ts';

export interface CountClicksDeps {
  touches: Pick<TouchUpkeep, 'waiting' | 'toCount' | 'endWaiting'>;
  clickDays: Pick<ClickDayStore, 'lastBatch' | 'beginBatch' | 'add'>;
  clock: Clock;
}

const LARGEST_BATCH = 1_000;

/**
 * Adds the touches that wait to the counts of their days, each exactly once. A batch has a number and names its
 * touches; it is begun, added to each series, and its touches wait no more. A process that dies leaves its batch
 * behind, which the next one adds again: a series refuses a number that it had, and one that is late. A batch begins
 * only after the one whose number was read before its touches, so that two processes never count a touch in two.
 */
export function createCountClicks({ touches, clickDays, clock }: CountClicksDeps) {
  async function finish(number: number, touchIds: readonly string[]): Promise<void> {
    await clickDays.add(number, sumClicks(await touches.toCount(touchIds)), clock());
    await touches.endWaiting(touchIds);
  }

  return async (mayGoOn: () => Promise<boolean>): Promise<void> => {
    do {
      const last = await clickDays.lastBatch();
      if (last.touchIds.length > 0) await finish(last.number, last.touchIds);
      const waiting = await touches.waiting(LARGEST_BATCH);
      if (waiting.length === 0 && last.touchIds.length === 0) return;
      await clickDays.beginBatch(
        last.number,
        waiting.map(({ _id }) => _id),
      );
    } while (await mayGoOn());
  };
}
