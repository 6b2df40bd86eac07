import { SECOND } from '../../../shared/clock.ts';
import type { OrdersToRead, PlacedPosition, StoreRef } from '../../../shared/store-orders.ts';
import type { Ask } from '../pull/ask-again.ts';
import { createBringOrder, type BringDeps, type Brought } from '../pull/bring-order.ts';
import { walkList } from '../pull/walk-list.ts';
import { emptyDay, type DayFigures } from './reconciliation.ts';
import { tally } from './tally.ts';

/** Decimals of most shops; an order of another currency is read again with its own. */
const DECIMALS = 2;
const BATCH = 200;

/**
 * Reads every order that a store placed in a range, takes in whatever is missing, and counts by day. Orders that we
 * have and the store does not list are read one by one: they may be deleted.
 * @param progress orders looked at so far
 * @throws WooError when the store does not answer
 */
export async function reconcileStore(
  deps: BringDeps & { orders: OrdersToRead },
  { store, ask, from, to }: { store: StoreRef; ask: Ask; from: Date; to: Date },
  {
    mayGoOn,
    progress,
  }: { mayGoOn: () => Promise<boolean>; progress: (orders: number) => Promise<void> | void },
): Promise<DayFigures[] | undefined> {
  const bring = createBringOrder(deps, ask, store);
  const days = new Map<string, DayFigures>();
  const listed = new Set<string>();
  const count = (at: Date, brought: Brought): void => {
    const day = at.toISOString().slice(0, 10);
    days.set(day, tally(days.get(day) ?? emptyDay(day), brought));
  };
  // After is strict, so that it begins a second before.
  const range = { after: new Date(from.getTime() - SECOND), before: to };
  for (const status of ['any', 'trash']) {
    const params = { status, dp: DECIMALS };
    for await (const { rows } of walkList(ask, { path: 'orders', by: 'created', params, ...range })) {
      for (const { id, at, body } of rows) {
        if (listed.has(String(id))) continue;
        if (!(await mayGoOn())) return undefined;
        count(at, await bring.bringListed({ id, body, decimals: DECIMALS }));
        listed.add(String(id));
      }
      await progress(listed.size);
    }
  }
  for (let after: PlacedPosition | null = null; ;) {
    const ours = await deps.orders.placedBetween(store, { from, to, after }, BATCH);
    for (const order of ours) {
      if (listed.has(order.externalId) || order.removed) continue;
      if (!(await mayGoOn())) return undefined;
      count(order.placedAt, await bring.bringKnown(order, DECIMALS));
    }
    const last = ours.at(-1);
    if (!last || ours.length < BATCH) break;
    after = { placedAt: last.placedAt, orderId: last.orderId };
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}
