/** How much the outside asks just now, so that work which can wait gives way to those who wait for an answer. */
export interface Traffic {
  /** Says that a request came in. */
  note(): void;
  /**
   * Resolves at once in quiet times. While requests are many, those who ask here go on one after the other, each
   * after a hundredth of a second: answers come first, and what waits still moves.
   */
  giveWay(): Promise<void>;
  /** Resolves at once in quiet times; while requests are many, after so many milliseconds. */
  rest(milliseconds: number): Promise<void>;
}

/** Milliseconds over which requests are counted. */
const WINDOW = 100;
/** In one window. Fewer leave the processor room enough for both. */
const MANY = 20;
/**
 * Milliseconds for which one piece of work gives way. All stages wait in one line, and an order is several pieces:
 * ten times as long made orders wait four times as long, and requests were answered no sooner.
 */
const PAUSE = 10;

/** Counts the traffic of this process. */
export function createTraffic(): Traffic {
  let since = 0;
  let [before, current] = [0, 0];
  let line: Promise<void> = Promise.resolve();

  function turnWindow(): void {
    const age = performance.now() - since;
    if (age < WINDOW) return;
    [before, current] = [age < 2 * WINDOW ? current : 0, 0];
    since += age;
  }

  function isBusy(): boolean {
    turnWindow();
    return before >= MANY || current >= MANY;
  }

  async function rest(milliseconds: number): Promise<void> {
    if (isBusy()) await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  return {
    note() {
      turnWindow();
      current += 1;
    },
    giveWay() {
      if (!isBusy()) return Promise.resolve();
      line = line.then(() => rest(PAUSE));
      return line;
    },
    rest,
  };
}
