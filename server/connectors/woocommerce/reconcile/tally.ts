import type { Brought } from '../pull/bring-order.ts';
import { emptyDay, type DayFigures } from './reconciliation.ts';

const MILLION = 1_000_000;

/** The figures of a day after one more order of it was looked at. Pure. */
export function tally(before: DayFigures, brought: Brought): DayFigures {
  if (brought.kind === 'draft' || brought.kind === 'unreadable') return before;
  const { foresight } = brought;
  const deletions = before.deletionsMissed + (foresight.removalMissed ? 1 : 0);
  if (brought.kind === 'gone' || brought.trashed) return { ...before, deletionsMissed: deletions };
  const inStore = before.inStore + 1;
  const hadBefore = before.hadBefore + (foresight.known ? 1 : 0);
  return {
    ...before,
    inStore,
    hadBefore,
    missing: inStore - hadBefore,
    differed: before.differed + (foresight.known && foresight.changes ? 1 : 0),
    refundsMissed: before.refundsMissed + foresight.refundsMissed,
    unheard: before.unheard + (foresight.heard ? 0 : 1),
    completePpm: Math.floor((hadBefore * MILLION) / inStore),
  };
}

/** All days in one. */
export function sumDays(days: readonly DayFigures[]): DayFigures {
  const sum = (name: Exclude<keyof DayFigures, 'day'>) => days.reduce((total, day) => total + day[name], 0);
  const [inStore, hadBefore] = [sum('inStore'), sum('hadBefore')];
  return {
    ...emptyDay('all'),
    inStore,
    hadBefore,
    missing: sum('missing'),
    differed: sum('differed'),
    refundsMissed: sum('refundsMissed'),
    deletionsMissed: sum('deletionsMissed'),
    unheard: sum('unheard'),
    completePpm: inStore === 0 ? MILLION : Math.floor((hadBefore * MILLION) / inStore),
  };
}
