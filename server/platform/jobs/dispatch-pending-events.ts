import pLimit from 'p-limit';
import type { EventType, PendingEvent } from '../../shared/events.ts';
import { SECOND, type Clock } from '../../shared/clock.ts';
import type { PendingEventStore } from '../mongo/index.ts';
import type { Log } from '../log.ts';

/** Has an event. Must be idempotent: after a crash or beside a second process it is called again. */
export type Receiver<T extends EventType = EventType> = (event: PendingEvent<T>) => Promise<void>;

export type Receivers = { [T in EventType]: Receiver<T>[] };

export interface Dispatcher {
  /** Delivers what is due and what a dead process left behind; then again at every interval. */
  start(): void;
  /** Says that a document of this collection has new events. Never waits, never throws. */
  nudge(collection: string): void;
  /** Resolves when nothing is being delivered and nothing due is waiting. */
  idle(): Promise<void>;
  /** Lets the deliveries under way finish and starts no others. */
  stop(): Promise<void>;
}

/** Events younger than this belong to the process that wrote them, which was nudged. */
const GRACE = 5 * SECOND;
const SWEEP_EVERY = 2 * SECOND;
const LONGEST_WAIT = 600 * SECOND;
const BATCH = 200;

/** How long a failed delivery waits before it is tried again: 1 s, 2 s, 4 s ... 10 min. */
export function backOff(attempts: number): number {
  return Math.min(SECOND * 2 ** attempts, LONGEST_WAIT);
}

/** Delivers pending events to their receivers, at least once, and removes them afterwards. */
export function createDispatcher(deps: {
  stores: PendingEventStore[];
  receivers: Receivers;
  clock: Clock;
  log: Log;
  concurrency?: number;
}): Dispatcher {
  const { stores, receivers, clock, log } = deps;
  const limit = pLimit(deps.concurrency ?? 16);
  const sweeps = new Map<string, Promise<void>>();
  const wanted = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function deliver(store: PendingEventStore, documentId: string, event: PendingEvent): Promise<void> {
    try {
      for (const receive of receivers[event.type] as Receiver[]) await receive(event);
      await store.remove(documentId, event.id);
    } catch (error) {
      log.error(
        { err: error, event: event.type, eventId: event.id },
        'event not delivered, will be tried again',
      );
      const until = new Date(clock().getTime() + backOff(event.attempts));
      await store.postpone(documentId, event.id, until);
    }
  }

  /** The events of one document go out one after the other, those of different documents side by side. */
  async function deliverAll(
    store: PendingEventStore,
    documentId: string,
    events: PendingEvent[],
  ): Promise<void> {
    for (const event of events) await deliver(store, documentId, event);
  }

  async function sweep(store: PendingEventStore, moment: Date): Promise<void> {
    for (let more = true; more && !stopped;) {
      const documents = await store.findDue(moment, BATCH);
      const work = documents.map(({ _id, pendingEvents }) =>
        limit(() =>
          deliverAll(
            store,
            _id,
            pendingEvents.filter((event) => event.at <= moment),
          ),
        ),
      );
      await Promise.all(work);
      more = work.length > 0;
    }
  }

  /** One sweep a collection at a time; a nudge during a sweep asks for one more. */
  function run(store: PendingEventStore, age: number): void {
    if (stopped) return;
    if (sweeps.has(store.name)) {
      wanted.add(store.name);
      return;
    }
    const moment = new Date(clock().getTime() - age);
    const running = sweep(store, moment)
      .catch((error: unknown) =>
        log.error({ err: error, collection: store.name }, 'sweep of pending events failed'),
      )
      .finally(() => {
        sweeps.delete(store.name);
        if (wanted.delete(store.name)) run(store, 0);
      });
    sweeps.set(store.name, running);
  }

  const settle = async (): Promise<void> => {
    while (sweeps.size > 0) await Promise.all(sweeps.values());
  };

  return {
    start() {
      for (const store of stores) run(store, 0);
      timer = setInterval(() => stores.forEach((store) => run(store, GRACE)), SWEEP_EVERY);
      timer.unref();
    },
    nudge(collection) {
      const store = stores.find(({ name }) => name === collection);
      if (!store) throw new Error(`no collection "${collection}" is registered with the dispatcher`);
      run(store, 0);
    },
    async idle() {
      await settle();
      for (const store of stores) run(store, 0);
      await settle();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await settle();
    },
  };
}
