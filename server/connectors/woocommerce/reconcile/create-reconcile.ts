import { DAY, type Clock } from '../../../shared/clock.ts';
import { notFound } from '../../../shared/errors.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { NoteAsked, OpenStore } from '../../../shared/rest-access.ts';
import type { OrdersToRead, StoreRef } from '../../../shared/store-orders.ts';
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

interface Steps {
  /** False: stop at once. */
  mayGoOn: () => Promise<boolean>;
  /** Told how many orders were looked at so far. */
  progress: (orders: number) => void;
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Wires the comparison with stores. `reconcileDue` is a job: each store once a day, one process at a time. */
export function createReconcile(deps: ReconcileDeps) {
  const { clock, newId, log, connect, listWithRestAccess, noteAsked, wait = sleep } = deps;
  const reconciliations = createReconciliationStore(deps.connection);

  const begin = async (
    { merchantId, storeId }: StoreRef,
    range: { from: Date; to: Date },
    how: Pick<Reconciliation, 'status' | 'asked'>,
  ): Promise<Reconciliation> => {
    const begun: Reconciliation = {
      ...{ id: newId(), merchantId, storeId, ...range, createdAt: clock() },
      ...{ ...how, days: [], failure: null, finishedAt: null },
    };
    await reconciliations.insert(begun);
    return begun;
  };

  /** Compares one store, and keeps what came of it. A store that does not answer is a failed comparison. */
  async function compare(open: OpenStore, started: Reconciliation, steps: Steps): Promise<Reconciliation> {
    const { merchantId, storeId, access } = open;
    const { from, to } = started;
    const ask = askAgain(connect(access), wait);
    const end = (change: Partial<Reconciliation>) =>
      reconciliations.update(started, { finishedAt: clock(), ...change });
    try {
      const days = await reconcileStore(deps, { store: { merchantId, storeId }, ask, from, to }, steps);
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
    listWithRestAccess,
    newest: reconciliations.newest,
    list: reconciliations.list,
    /** Compares a store at once, because a person asked for it. */
    async reconcile(open: OpenStore, range: { from: Date; to: Date }, steps: Steps): Promise<Reconciliation> {
      return compare(open, await begin(open, range, { status: 'running', asked: true }), steps);
    },
    /**
     * Durably asks for a comparison, which a job does within a minute or so.
     * @throws DomainError `not-found` for a shop that the merchant does not have, or that gave no keys
     */
    async askFor(store: StoreRef, range: { from: Date; to: Date }): Promise<Reconciliation> {
      const open = await deps.openStoresOf(store.merchantId);
      if (!open.some(({ storeId }) => storeId === store.storeId)) throw notFound('A shop that gave its keys');
      return begin(store, range, { status: 'waiting', asked: true });
    },
    /** A job: what people asked for. One that a process did not end is begun again. */
    async reconcileAsked(mayGoOn: () => Promise<boolean>): Promise<void> {
      for (const asked of await reconciliations.waiting()) {
        if (!(await mayGoOn())) return;
        const stores = await deps.openStoresOf(asked.merchantId);
        const open = stores.find(({ storeId }) => storeId === asked.storeId);
        if (open) await compare(open, asked, { mayGoOn, progress: () => undefined });
        else {
          const failure = 'The shop gives no keys any more.';
          await reconciliations.update(asked, { status: 'failed', failure, finishedAt: clock() });
        }
      }
    },
    async reconcileDue(mayGoOn: () => Promise<boolean>): Promise<void> {
      for (const open of await listWithRestAccess()) {
        const to = clock();
        const last = await reconciliations.newest(open);
        if (last && to.getTime() - last.createdAt.getTime() < DAY) continue;
        if (!(await mayGoOn())) return;
        const range = { from: new Date(to.getTime() - deps.days * DAY), to };
        const started = await begin(open, range, { status: 'running', asked: false });
        await compare(open, started, { mayGoOn, progress: () => undefined });
      }
    },
  };
}
