import type { Clock } from '../../../shared/clock.ts';
import type { TouchUpkeep } from '../touches/touch.store.ts';
import type { ClickDayStore } from './click-day.store.ts';
import { sumClicks } from './sum-clicks.ts';

export interface CountClicksDeps {
  touches: Pick<TouchUpkeep, 'unfinishedBatch' | 'isAnyWaiting' | 'fillBatch' | 'batch' | 'finishBatch'>;
  clickDays: Pick<ClickDayStore, 'nextBatch' | 'add'>;
  clock: Clock;
}

const LARGEST_BATCH = 200;

/**
 * Adds the touches that wait to the counts of their days, each exactly once. A batch is a number on its touches: it
 * is filled, added to each series, and only then taken off. A process that dies leaves a batch with its number, which
 * the next one adds again; a series refuses a number that it had, and one that is late.
 */
export function createCountClicks({ touches, clickDays, clock }: CountClicksDeps) {
  async function openBatch(): Promise<number | undefined> {
    const unfinished = await touches.unfinishedBatch();
    if (unfinished !== undefined) return unfinished;
    if (!(await touches.isAnyWaiting())) return undefined;
    const number = await clickDays.nextBatch();
    return (await touches.fillBatch(number, LARGEST_BATCH)) > 0 ? number : undefined;
  }

  return async (mayGoOn: () => Promise<boolean>): Promise<void> => {
    for (let number = await openBatch(); number !== undefined; number = await openBatch()) {
      for (const { series, counts } of sumClicks(await touches.batch(number))) {
        await clickDays.add(number, series, counts, clock());
      }
      await touches.finishBatch(number);
      if (!(await mayGoOn())) return;
    }
  };
}
