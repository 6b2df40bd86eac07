import { DAY, type Clock } from '../../../shared/clock.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { NoteAsked, OpenStore } from '../../../shared/rest-access.ts';
import type { OrdersToRead } from '../../../shared/store-orders.ts';
import type { Log } from '../../../platform/log.ts';
import { maskError } from '../../../platform/mask-error.ts';
import type { Connection } from '../../../platform/mongo/index.ts';
import { askAgain } from '../pull/ask-again.ts';
import type { BringDeps } from '../pull/bring-order.ts';
import type { ConnectWoo } from '../rest/woo-client.ts';
import { WooError } from '../rest/woo-error.ts';
import { reconcileStore } from './reconcile-store.ts';
import type { Reconciliation } from './reconciliation.ts';
import { createReconciliationStore } from './reconciliation.store.ts';

export interface ReconcileDeps extends BringDeps {
  connection: Connection;
  clock: Clock;
  newId: NewId;
  log: Log;
  connect: ConnectWoo;
  orders: OrdersToRead;
  listWithRestAccess: () => Promise<OpenStore[]>;
  openStoresOf: (merchantId: string) => Promise<OpenStore[]>;
  noteAsked: NoteAsked;
  /** How many days back the nightly comparison looks. */
  days: number;
  wait?: (milliseconds: number) => Promise<void>;
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Wires the comparison with stores. `reconcileDue` is a job: each store once a day, one process at a time. */
export function createReconcile(deps: ReconcileDeps) {
  const { clock, newId, log, connect, listWithRestAccess, noteAsked, wait = sleep } = deps;
  const reconciliations = createReconciliationStore(deps.connection);

  /** Compares one store, and keeps what came of it. A store that does not answer is a failed comparison. */
  async function reconcile(
    open: OpenStore,
    range: { from: Date; to: Date },
    steps: { mayGoOn: () => Promise<boolean>; progress: (orders: number) => void },
  ): Promise<Reconciliation> {
    const { merchantId, storeId, access } = open;
    const started: Reconciliation = {
      ...{ id: newId(), merchantId, storeId, ...range, createdAt: clock() },
      ...{ status: 'running', days: [], failure: null, finishedAt: null },
    };
    await reconciliations.insert(started);
    const ask = askAgain(connect(access), wait);
    const end = (change: Partial<Reconciliation>) =>
      reconciliations.update(started, { finishedAt: clock(), ...change });
    try {
      const days = await reconcileStore(deps, { store: { merchantId, storeId }, ask, ...range }, steps);
      await noteAsked(open, null);
      if (days) return await end({ status: 'finished', days });
      return await end({ status: 'failed', failure: 'It was stopped; the next one begins anew.' });
    } catch (error) {
      log.warn({ error: maskError(error), storeId }, 'reconciliation did not end');
      if (error instanceof WooError) await noteAsked(open, error.message);
      const failure = error instanceof WooError ? error.message : 'Something went wrong on our side.';
      return end({ status: 'failed', failure });
    }
  }

  return {
    reconcile,
    listWithRestAccess,
    newest: reconciliations.newest,
    async reconcileDue(mayGoOn: () => Promise<boolean>): Promise<void> {
      for (const open of await listWithRestAccess()) {
        const to = clock();
        const last = await reconciliations.newest(open);
        if (last && to.getTime() - last.createdAt.getTime() < DAY) continue;
        if (!(await mayGoOn())) return;
        const from = new Date(to.getTime() - deps.days * DAY);
        await reconcile(open, { from, to }, { mayGoOn, progress: () => undefined });
      }
    },
  };
}
