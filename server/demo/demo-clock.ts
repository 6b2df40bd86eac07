import { systemClock, type Clock } from '../shared/clock.ts';

/** The time of a made-up month: it stands still until it is moved, and never goes back. */
export interface DemoClock {
  now: Clock;
  moveTo(moment: Date): void;
  /** From here on the real time counts, as soon as it is later. */
  letRun(): void;
}

export function createDemoClock(start: Date): DemoClock {
  let current = start;
  let runs = false;
  return {
    now() {
      const real = systemClock();
      return runs && real > current ? real : current;
    },
    moveTo(moment) {
      if (moment > current) current = moment;
    },
    letRun() {
      runs = true;
    },
  };
}
