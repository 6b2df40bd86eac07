import pLimit from 'p-limit';
import type { PendingEvent } from '../../shared/events.ts';
import { SECOND, type Clock } from '../../shared/clock.ts';
import type { Log } from '../log.ts';
import { maskError } from '../mask-error.ts';
import type { PendingEventStore } from '../mongo/index.ts';

const LONGEST_WAIT = 600 * SECOND;
const BATCH = 200;

export interface SweeperDeps {
  store: PendingEventStore;
  receive: (event: PendingEvent) => Promise<void>;
  clock: Clock;
  log: Log;
  concurrency: number;
  /** Asked before each delivery. */
  giveWay: () => Promise<void>;
}

export interface Sweeper {
  /** Delivers events that are older than `age` milliseconds; while that runs, another call asks for one more. */
  run(age: number): void;
  isBusy(): boolean;
  /** Resolves when nothing of this collection is being delivered. */
  settled(): Promise<void>;
  /** Starts no delivery any more; those under way go on. */
  stop(): void;
}

/** How long a failed delivery waits before it is tried again: 1 s, 2 s, 4 s ... 10 min. */
export function backOff(attempts: number): number {
  return Math.min(SECOND * 2 ** attempts, LONGEST_WAIT);
}

/**
 * Delivers the pending events of one collection. Each collection has its own bound, so that a receiver that
 * hangs (a mail server) holds up nobody else's events.
 */
export function createSweeper({ store, receive, clock, log, concurrency, giveWay }: SweeperDeps): Sweeper {
  const limit = pLimit(concurrency);
  let running: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;

  async function deliver(documentId: string, event: PendingEvent): Promise<void> {
    try {
      await receive(event);
      await store.remove(documentId, event.id);
    } catch (error) {
      const { type, id: eventId } = event;
      log.error(
        { error: maskError(error), event: type, eventId },
        'event not delivered, will be tried again',
      );
      await store.postpone(documentId, eventId, new Date(clock().getTime() + backOff(event.attempts)));
    }
  }

  /** The events of one document go out one after the other, those of different documents side by side. */
  async function deliverAll(documentId: string, events: PendingEvent[]): Promise<void> {
    for (const event of events) {
      await giveWay();
      if (!stopped) await deliver(documentId, event);
    }
  }

  async function sweep(moment: Date): Promise<void> {
    for (let more = true; more && !stopped;) {
      const documents = await store.findDue(moment, BATCH);
      const work = documents.map(({ _id, pendingEvents }) => {
        const due = pendingEvents.filter((event) => event.at <= moment);
        return limit(() => deliverAll(_id, due));
      });
      await Promise.all(work);
      more = work.length > 0;
    }
  }

  function run(age: number): void {
    if (stopped) return;
    if (running) {
      wanted = true;
      return;
    }
    running = sweep(new Date(clock().getTime() - age))
      .catch((error: unknown) =>
        log.error({ error: maskError(error), collection: store.name }, 'sweep failed'),
      )
      .finally(() => {
        running = undefined;
        if (wanted) {
          wanted = false;
          run(0);
        }
      });
  }

  return {
    run,
    isBusy: () => running !== undefined,
    async settled() {
      while (running) await running;
    },
    stop() {
      stopped = true;
    },
  };
}
