/** How complete we were about the orders that a store placed on one day, in UTC. */
export interface DayFigures {
  /** `2026-11-21` */
  day: string;
  /** Orders of the store that are no drafts and not in its trash. */
  inStore: number;
  /** Of these: we had them before this run. */
  hadBefore: number;
  missing: number;
  /** We had them otherwise than the store has them. */
  differed: number;
  refundsMissed: number;
  /** Trashed in the store, or deleted for good, and we did not know. */
  deletionsMissed: number;
  /** Of no order did any message ever come: our own reading alone brought them, before or now. */
  unheard: number;
  /** `hadBefore` of `inStore`, in parts per million; a million where there was nothing to have. */
  completePpm: number;
}

/** One comparison of what we have with what a store has; whatever was missing has been taken in. */
export interface Reconciliation {
  id: string;
  merchantId: string;
  storeId: string;
  /** By the store's time of placing, `to` not included. */
  from: Date;
  to: Date;
  /** `waiting`: somebody asked for it, and it has not ended; a process that dies in it leaves it so. */
  status: 'waiting' | 'running' | 'finished' | 'failed';
  /** By a person, and not by the calendar. */
  asked: boolean;
  days: DayFigures[];
  /** Why it did not end, in words. */
  failure: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export function emptyDay(day: string): DayFigures {
  return {
    day,
    inStore: 0,
    hadBefore: 0,
    missing: 0,
    differed: 0,
    refundsMissed: 0,
    deletionsMissed: 0,
    unheard: 0,
    completePpm: 1_000_000,
  };
}
