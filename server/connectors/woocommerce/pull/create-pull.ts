import { HOUR, MINUTE, SECOND, type Clock } from '../../../shared/clock.ts';
import type { NoteAsked, OpenStore } from '../../../shared/rest-access.ts';
import type { Log } from '../../../platform/log.ts';
import { maskError } from '../../../platform/mask-error.ts';
import type { Connection } from '../../../platform/mongo/index.ts';
import type { ConnectWoo } from '../rest/woo-client.ts';
import { WooError } from '../rest/woo-error.ts';
import { askAgain } from './ask-again.ts';
import type { PullState } from './pull-state.ts';
import { createPullStateStore, Overtaken } from './pull-state.store.ts';
import { pullStore, readNeeded, type PullDeps, type Run } from './pull-store.ts';

export interface CreatePullDeps extends Omit<PullDeps, 'states'> {
  connection: Connection;
  clock: Clock;
  log: Log;
  connect: ConnectWoo;
  listWithRestAccess: () => Promise<OpenStore[]>;
  noteAsked: NoteAsked;
  /** Between two readings of one store. */
  everySeconds: number;
  wait?: (milliseconds: number) => Promise<void>;
}

const LONGEST_PAUSE = 6 * HOUR;
const EXTEND_EVERY = 5 * SECOND;
const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Wires the reading of stores. `pullDue` is a job: one process at a time runs it. */
export function createPull(given: CreatePullDeps) {
  const deps: PullDeps = { ...given, states: createPullStateStore(given.connection) };
  const { clock, log, connect, listWithRestAccess, noteAsked, everySeconds, wait = sleep } = given;

  /** The whole of one store. What came of it is kept in its state, and for the shop's health. */
  async function pullOne(open: OpenStore, mayGoOn: () => Promise<boolean>, isForced: boolean): Promise<void> {
    const { access, merchantId, storeId } = open;
    const now = clock();
    const run: Run = {
      store: { merchantId, storeId },
      ask: askAgain(connect(access), wait),
      state: await deps.states.load(merchantId, storeId),
      mayGoOn: nowAndThen(mayGoOn, clock),
      note: () => undefined,
    };
    const { failure, startedAt } = run.state;
    if (!isForced && failure && now < failure.notBefore) return;
    const isDue =
      !startedAt || failure !== null || now.getTime() >= startedAt.getTime() + everySeconds * SECOND;
    try {
      if (!isForced && !isDue) {
        await readNeeded(deps, run);
        return;
      }
      run.state = await deps.states.save(run.state, { startedAt: now });
      await pullStore(deps, run);
      await noteAsked(open, null);
    } catch (error) {
      if (error instanceof Overtaken) return;
      log.warn({ error: maskError(error), storeId }, 'store not read to its end');
      if (error instanceof WooError) await noteAsked(open, error.message);
      await deps.states.save(run.state, { failure: describeFailure(error, run.state, clock()) });
    }
  }

  return {
    async pullDue(mayGoOn: () => Promise<boolean>): Promise<void> {
      for (const open of await listWithRestAccess()) {
        if (!(await mayGoOn())) return;
        await pullOne(open, mayGoOn, false);
      }
    },
    /** Every store now, due or not. */
    async pullAll(): Promise<void> {
      for (const open of await listWithRestAccess()) await pullOne(open, () => Promise.resolve(true), true);
    },
    stateOf: (merchantId: string, storeId: string): Promise<PullState> =>
      deps.states.load(merchantId, storeId),
  };
}

/** Waits 1, 2, 4 ... minutes, six hours at most, or as long as the host asks for. */
function describeFailure(
  error: unknown,
  { failure }: PullState,
  at: Date,
): NonNullable<PullState['failure']> {
  const count = (failure?.count ?? 0) + 1;
  const isShop = error instanceof WooError;
  const asked = (isShop ? (error.retryAfterSeconds ?? 0) : 0) * SECOND;
  const pause = Math.min(Math.max(MINUTE * 2 ** Math.min(count - 1, 10), asked), LONGEST_PAUSE);
  return {
    at,
    code: isShop ? error.code : 'internal',
    message: isShop ? error.message : 'Something went wrong on our side.',
    count,
    notBefore: new Date(at.getTime() + pause),
  };
}

/** A lease is extended every few seconds, and not at every order. */
function nowAndThen(mayGoOn: () => Promise<boolean>, clock: Clock): () => Promise<boolean> {
  let asked = 0;
  return async () => {
    if (clock().getTime() - asked < EXTEND_EVERY) return true;
    asked = clock().getTime();
    return mayGoOn();
  };
}
