import { HOUR, MINUTE } from '../../server/shared/clock.ts';

/** What a line gave back; status 0 when no answer came. */
export interface LineAnswer {
  status: number;
  body: any;
}

interface Row {
  event: { eventId: string };
  attempts: number;
  /** Null: given up, a person has to look at it. */
  dueAt: Date | null;
  state: 'waiting' | 'sent' | 'failed';
}

/** As the plugin's BackOff: after the first failure, the second ... */
const WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR];
const LARGEST_BATCH = 50;
const SPLIT = [400, 413, 422];
const PAUSE = [401, 403, 410];

/**
 * The outbox of a shop with our plugin, by the plugin's rules: batches in their order, halves of what cannot be taken
 * whole, a result for each event, and longer waits after each failure of a row. Its clock is passed in.
 */
export function createPluginSender(post: (events: object[]) => Promise<LineAnswer>) {
  const rows: Row[] = [];

  const postpone = (row: Row, now: Date): void => {
    const wait = WAITS[row.attempts];
    row.attempts += 1;
    row.dueAt = wait === undefined ? null : new Date(now.getTime() + wait);
    if (wait === undefined) row.state = 'failed';
  };

  /** @returns whether it makes sense to go on sending now */
  async function send(batch: Row[], now: Date): Promise<boolean> {
    const { status, body } = await post(batch.map(({ event }) => event));
    if (status >= 200 && status < 300 && Array.isArray(body?.results)) {
      settle(batch, body.results, now);
      return true;
    }
    if (SPLIT.includes(status)) {
      const half = Math.floor(batch.length / 2);
      if (half > 0) return (await send(batch.slice(0, half), now)) && send(batch.slice(half), now);
      for (const row of batch) row.state = 'failed';
      return true;
    }
    if (!PAUSE.includes(status)) for (const row of batch) postpone(row, now);
    return false;
  }

  function settle(batch: Row[], results: { eventId: string; status: string }[], now: Date): void {
    const statusOf = new Map(results.map(({ eventId, status }) => [eventId, status]));
    for (const row of batch) {
      const status = statusOf.get(row.event.eventId);
      if (status === undefined) postpone(row, now);
      else row.state = status === 'rejected' ? 'failed' : 'sent';
    }
  }

  return {
    add(event: Row['event'], now: Date): void {
      rows.push({ event, attempts: 0, dueAt: now, state: 'waiting' });
    },
    /** Sends what is due, as the plugin does every minute. */
    async run(now: Date): Promise<void> {
      for (;;) {
        const due = rows.filter(
          ({ state, dueAt }) => state === 'waiting' && dueAt !== null && dueAt.getTime() <= now.getTime(),
        );
        if (due.length === 0 || !(await send(due.slice(0, LARGEST_BATCH), now))) return;
      }
    },
    /** How many events wait, were sent, and were given up. */
    count: (state: Row['state']): number => rows.filter((row) => row.state === state).length,
    attempts: (): number => rows.reduce((sum, row) => sum + row.attempts, 0),
  };
}
