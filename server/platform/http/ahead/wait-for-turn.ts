/** Requests that are begun in one turn of the event loop: some 100 ms of work, which whoever comes next waits for. */
const MOST_IN_A_TURN = 250;
/** More than that at once, e.g. after a newsletter, waits for the turns that follow: less than a second of work. */
const MOST_WAITING = 1_500;

/** Undefined: begin now. A promise: begin when it resolves. `rush`: there is no place to wait either. */
export type Turn = undefined | Promise<void> | 'rush';

/**
 * Who may begin now. An event loop that begins all that has arrived answers nobody until all are done, those that
 * are refused as well; so it begins a few hundred in a turn, lets some wait, and knows at once whom to refuse.
 */
export function createTurns(): () => Turn {
  let begun = 0;
  let isTurning = false;
  const waiting: (() => void)[] = [];

  function nextTurn(): void {
    begun = 0;
    for (const begin of waiting.splice(0, MOST_IN_A_TURN)) {
      begun += 1;
      begin();
    }
    isTurning = begun > 0;
    if (isTurning) setImmediate(nextTurn);
  }

  return () => {
    if (!isTurning) setImmediate(nextTurn);
    isTurning = true;
    if (begun < MOST_IN_A_TURN && waiting.length === 0) {
      begun += 1;
      return undefined;
    }
    if (waiting.length >= MOST_WAITING) return 'rush';
    return new Promise((resolve) => waiting.push(resolve));
  };
}
