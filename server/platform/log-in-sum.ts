import { SECOND } from '../shared/clock.ts';
import type { Log } from './log.ts';

/** Notes one more of a kind; `context` of the first of a second stands in its line. */
export type NoteInSum = (kind: string, context?: object) => void;

/**
 * Warns of what may happen thousands of times a second: of the first at once, and of all that follow within the
 * second in one line at its end, with their number. A line for each would cost more than what it tells of.
 */
export function logInSum(log: Pick<Log, 'warn'>): NoteInSum {
  const more = new Map<string, number>();
  return (kind, context = {}) => {
    const count = more.get(kind);
    if (count !== undefined) {
      more.set(kind, count + 1);
      return;
    }
    log.warn(context, kind);
    more.set(kind, 0);
    const tellOthers = (): void => {
      const times = more.get(kind) ?? 0;
      more.delete(kind);
      if (times > 0) log.warn({ times }, `${kind}: more of the same within a second`);
    };
    // A server that stops does not wait for it.
    setTimeout(tellOthers, SECOND).unref();
  };
}
