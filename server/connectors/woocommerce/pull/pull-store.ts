import { z } from 'zod';
import { DAY, MINUTE, type Clock } from '../../../shared/clock.ts';
import type { OrdersToRead, StoreRef } from '../../../shared/store-orders.ts';
import { checkShape } from '../../../platform/http/index.ts';
import { id } from '../order.schema.ts';
import type { Ask } from './ask-again.ts';
import { createBringOrder, type BringDeps, type BringOrder, type Brought } from './bring-order.ts';
import type { PullState } from './pull-state.ts';
import type { PullStateStore } from './pull-state.store.ts';
import { walkList } from './walk-list.ts';

export interface PullDeps extends BringDeps {
  states: PullStateStore;
  orders: OrdersToRead;
  clock: Clock;
  /** Days for which an order's refunds can still change what is paid. */
  holdDays: (merchantId: string) => Promise<number>;
  /** How far back the first reading of a store goes. */
  firstDays: number;
  /** Held orders that one run reads again; a refund that is deleted leaves no other trace. */
  mostAgain: number;
}

/** Behind the newest that was read: a shop with two machines writes dates that come late. */
const OVERLAP = 5 * MINUTE;
const MOST_NEEDED = 200;
const refundSchema = z.object({ id, parent_id: id });

/** One run over one store. */
export interface Run {
  store: StoreRef;
  ask: Ask;
  state: PullState;
  /** False: stop at once. */
  mayGoOn: () => Promise<boolean>;
  note: (brought: Brought) => void;
}

/** Orders that somebody asked to be read; resolves to false when the run is to stop. */
export async function readNeeded(deps: PullDeps, run: Run): Promise<boolean> {
  const { store, state } = run;
  const bring = createBringOrder(deps, run.ask, store);
  for (const order of await deps.orders.needingRead(store, MOST_NEEDED)) {
    if (!(await run.mayGoOn())) return false;
    run.note(await bring.bringKnown(order, state.decimals));
  }
  return true;
}

/**
 * Reads what changed in a store since the last run: orders, the trash, refunds, orders that need it, and again some
 * of those in their hold. A mark moves after what is before it is durable, so that a run may end anywhere.
 * @throws WooError when the store does not answer, Overtaken when another process has gone on
 */
export async function pullStore(deps: PullDeps, run: Run): Promise<void> {
  const bring = createBringOrder(deps, run.ask, run.store);
  const seen = new Map<string, ReadonlySet<string>>();
  for (const status of ['any', 'trash'] as const) {
    if (!(await pullOrders(deps, run, { bring, status, seen }))) return;
  }
  if (!(await pullRefunds(deps, run, { bring, seen }))) return;
  if (!(await readNeeded(deps, run))) return;
  if (!(await readAgain(deps, run, bring))) return;
  run.state = await deps.states.save(run.state, { finishedAt: deps.clock(), failure: null });
}

interface Reading {
  bring: BringOrder;
  /** Refunds of the orders that this run has read. */
  seen: Map<string, ReadonlySet<string>>;
}

async function pullOrders(
  deps: PullDeps,
  run: Run,
  { bring, status, seen }: Reading & { status: 'any' | 'trash' },
): Promise<boolean> {
  const { decimals } = run.state;
  const walk = { path: 'orders', by: 'modified', params: { status, dp: decimals } } as const;
  for await (const { rows, last } of walkList(run.ask, {
    ...walk,
    after: startOf(deps, run.state.marks[status]),
  })) {
    let next = run.state.decimals;
    for (const { id: orderId, body } of rows) {
      if (!(await run.mayGoOn())) return false;
      const brought = await bring.bringListed({ id: orderId, body, decimals });
      run.note(brought);
      if (brought.kind !== 'order') continue;
      seen.set(String(orderId), new Set(brought.refundIds));
      next = brought.decimals;
    }
    run.state = await saveMark(deps, run.state, status, last, next);
  }
  return true;
}

/** A refund that is made moves the date of its order; this finds those whose order was not seen to move. */
async function pullRefunds(deps: PullDeps, run: Run, { bring, seen }: Reading): Promise<boolean> {
  const after = startOf(deps, run.state.marks.refunds);
  const walk = { path: 'refunds', by: 'modified', params: { dp: run.state.decimals }, after } as const;
  for await (const { rows, last } of walkList(run.ask, walk)) {
    for (const { body, at } of rows) {
      const { id: refundId, parent_id: externalId } = checkShape(refundSchema, body);
      if (seen.get(externalId)?.has(refundId)) continue;
      if (!(await run.mayGoOn())) return false;
      const brought = await bring.bringKnown(
        { externalId, updatedAt: at, requestedAt: null },
        run.state.decimals,
      );
      run.note(brought);
      seen.set(externalId, new Set([...(brought.kind === 'order' ? brought.refundIds : []), refundId]));
    }
    run.state = await saveMark(deps, run.state, 'refunds', last, run.state.decimals);
  }
  return true;
}

/** The oldest-read first: by their placing, on from where the last run stopped, and round again. */
async function readAgain(deps: PullDeps, run: Run, bring: BringOrder): Promise<boolean> {
  const to = deps.clock();
  const from = new Date(to.getTime() - (await deps.holdDays(run.store.merchantId)) * DAY);
  const range = { from, to, after: run.state.again };
  const due = await deps.orders.placedBetween(run.store, range, deps.mostAgain);
  for (const order of due) {
    if (!(await run.mayGoOn())) return false;
    if (!order.removed) run.note(await bring.bringKnown(order, run.state.decimals));
  }
  const last = due.length < deps.mostAgain ? undefined : due.at(-1);
  const again = last ? { placedAt: last.placedAt, orderId: last.orderId } : null;
  run.state = await deps.states.save(run.state, { again });
  return true;
}

function startOf({ clock, firstDays }: PullDeps, mark: Date | null): Date {
  return mark ? new Date(mark.getTime() - OVERLAP) : new Date(clock().getTime() - firstDays * DAY);
}

function saveMark(
  { states }: PullDeps,
  state: PullState,
  name: keyof PullState['marks'],
  last: Date,
  decimals: number,
): Promise<PullState> {
  const before = state.marks[name];
  const mark = before && before > last ? before : last;
  return states.save(state, { marks: { ...state.marks, [name]: mark }, decimals });
}
