import type { Clock } from '../../../shared/clock.ts';
import type { TouchUpkeep } from '../touches/touch.store.ts';
import type { ClickDayStore } from './click-day.store.ts';

export interface CountClicksDeps {
  touches: Pick<TouchUpkeep, 'waiting' | 'sum' | 'endWaiting'>;
  clickDays: Pick<ClickDayStore, 'lastBatch' | 'beginBatch' | 'add'>;
  clock: Clock;
  /** Resolves at once in quiet times, else after so many milliseconds. */
  rest(milliseconds: number): Promise<void>;
}

/** In the embedded store no answer can be given while a batch is worked at: some hundredths of a second. */
const LARGEST_BATCH = 250;
/** While visitors wait for answers, counting rests for so many times as long as it works. */
const REST = 4;

/**
 * Adds the touches that wait to the counts of their days, each exactly once. A batch has a number and names its
 * touches; it is begun, added to each series, and its touches wait no more. A process that dies leaves its batch
 * behind, which the next one adds again: a series refuses a number that it had, and one that is late. A batch begins
 * only after the one whose number was read before its touches, so that two processes never count a touch in two.
 * What comes while it counts is for the next time: full batches cost less than many. Answers come first: in a rush
 * counts lag, and catch up in the quiet minutes after it.
 */
export function createCountClicks({ touches, clickDays, clock, rest }: CountClicksDeps) {
  async function finish(number: number, touchIds: readonly string[]): Promise<void> {
    await clickDays.add(number, await touches.sum(touchIds), clock());
    await touches.endWaiting(touchIds);
  }

  return async (mayGoOn: () => Promise<boolean>): Promise<void> => {
    const begin = clock();
    let last = await clickDays.lastBatch();
    if (last.touchIds.length > 0) await finish(last.number, last.touchIds);
    do {
      const batchBegin = clock();
      const touchIds = await touches.waiting(begin, LARGEST_BATCH);
      if (touchIds.length === 0 && last.touchIds.length === 0) return;
      if (!(await clickDays.beginBatch(last.number, touchIds))) return;
      last = { number: last.number + 1, touchIds };
      if (touchIds.length > 0) await finish(last.number, touchIds);
      await rest(REST * (clock().getTime() - batchBegin.getTime()));
    } while (await mayGoOn());
  };
}
