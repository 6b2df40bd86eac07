import type { EventType, PendingEvent } from '../../shared/events.ts';
import { SECOND, type Clock } from '../../shared/clock.ts';
import type { Log } from '../log.ts';
import type { PendingEventStore } from '../mongo/index.ts';
import { createSweeper } from './sweep-collection.ts';

/** Has an event. Must be idempotent: after a crash or beside a second process it is called again. */
type Receiver<T extends EventType = EventType> = (event: PendingEvent<T>) => Promise<void>;

export type Receivers = { [T in EventType]: Receiver<T>[] };

export interface Dispatcher {
  /** Delivers what is due and what a dead process left behind; then again at every interval. */
  start(): void;
  /** Says that a document of this collection has new events. Never waits, never throws. */
  nudge(collection: string): void;
  /** Resolves when nothing is being delivered and nothing due is waiting. */
  idle(): Promise<void>;
  /** Starts no delivery any more and gives those under way ten seconds; what they leave is delivered again. */
  stop(): Promise<void>;
}

/** Events younger than this belong to the process that wrote them, which was nudged. */
const GRACE = 5 * SECOND;
const SWEEP_EVERY = 2 * SECOND;
const PATIENCE = 10 * SECOND;

/** Delivers pending events to their receivers, at least once, and removes them afterwards. */
export function createDispatcher(deps: {
  stores: PendingEventStore[];
  receivers: Receivers;
  clock: Clock;
  log: Log;
  /** Documents of one collection whose events go out at the same time. */
  concurrency?: number;
  /** Collections whose documents go out one after the other, the oldest first. */
  inOrder?: readonly string[];
  /** Lets deliveries wait while others wait for an answer; nobody does when left out. */
  giveWay?: () => Promise<void>;
}): Dispatcher {
  const {
    stores,
    receivers,
    clock,
    log,
    concurrency = 16,
    inOrder = [],
    giveWay = () => Promise.resolve(),
  } = deps;
  const concurrencyOf = (name: string): number => (inOrder.includes(name) ? 1 : concurrency);
  const receive = async (event: PendingEvent): Promise<void> => {
    for (const receiver of receivers[event.type] as Receiver[]) await receiver(event);
  };
  const sweepers = new Map(
    stores.map((store) => [
      store.name,
      createSweeper({ store, receive, clock, log, concurrency: concurrencyOf(store.name), giveWay }),
    ]),
  );
  const runAll = (age: number): void => sweepers.forEach((sweeper) => sweeper.run(age));
  /** Deliveries nudge other collections, so all of them are looked at until none is busy. */
  const settle = async (): Promise<void> => {
    const all = [...sweepers.values()];
    while (all.some((sweeper) => sweeper.isBusy())) for (const sweeper of all) await sweeper.settled();
  };
  let timer: NodeJS.Timeout | undefined;

  return {
    start() {
      runAll(0);
      timer = setInterval(() => runAll(GRACE), SWEEP_EVERY);
      timer.unref();
    },
    nudge(collection) {
      const sweeper = sweepers.get(collection);
      if (!sweeper) throw new Error(`no collection "${collection}" is registered with the dispatcher`);
      sweeper.run(0);
    },
    async idle() {
      await settle();
      runAll(0);
      await settle();
    },
    async stop() {
      clearInterval(timer);
      sweepers.forEach((sweeper) => sweeper.stop());
      await Promise.race([settle(), waitFor(PATIENCE)]);
    },
  };
}

function waitFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
