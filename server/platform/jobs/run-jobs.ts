import { SECOND, type Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import type { Log } from '../log.ts';
import { maskError } from '../mask-error.ts';
import type { LeaseStore } from './lease.store.ts';

/** A piece of work that is due again and again, in one process at a time. */
export interface Job {
  name: string;
  everySeconds: number;
  /** `mayGoOn` extends the lease; false: another process has taken over, or this one ends: stop at once. */
  run(mayGoOn: () => Promise<boolean>): Promise<unknown>;
}

export interface Jobs {
  start(): void;
  /** Runs one job now, unless another process holds it. For tests and commands. */
  runNow(name: string): Promise<void>;
  /** Starts no job any more and waits for the one that runs. */
  stop(): Promise<void>;
}

/** How long a process that died keeps a job from the others. */
const LEASE = 60 * SECOND;

/** Runs jobs on their schedule. A failure is logged and the job is due again at its next turn. */
export function createJobs(deps: {
  leases: LeaseStore;
  jobs: readonly Job[];
  clock: Clock;
  newId: NewId;
  log: Log;
}): Jobs {
  const { leases, jobs, clock, newId, log } = deps;
  const holder = newId();
  const running = new Map<string, Promise<void>>();
  let timers: NodeJS.Timeout[] = [];
  let isStopping = false;
  const inOneLease = (): Date => new Date(clock().getTime() + LEASE);

  async function runLeased({ name, run }: Job): Promise<void> {
    const fence = await leases.take(name, holder, clock(), inOneLease());
    if (fence === undefined) return;
    try {
      await run(async () => !isStopping && (await leases.extend(name, fence, inOneLease())));
    } finally {
      await leases.giveBack(name, fence);
    }
  }

  /** A turn that comes while the job still runs is left out. */
  function runOnce(job: Job): Promise<void> {
    const underWay = running.get(job.name);
    if (underWay) return underWay;
    const turn = runLeased(job)
      .catch((error: unknown) => log.error({ error: maskError(error), job: job.name }, 'job failed'))
      .finally(() => running.delete(job.name));
    running.set(job.name, turn);
    return turn;
  }

  return {
    start() {
      timers = jobs.map((job) => setInterval(() => void runOnce(job), job.everySeconds * SECOND).unref());
      for (const job of jobs) void runOnce(job);
    },
    async runNow(name) {
      const job = jobs.find((candidate) => candidate.name === name);
      if (!job) throw new Error(`there is no job "${name}"`);
      await running.get(name);
      await runOnce(job);
    },
    async stop() {
      isStopping = true;
      timers.forEach((timer) => clearInterval(timer));
      await Promise.all(running.values());
    },
  };
}
