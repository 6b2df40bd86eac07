import { parseArgs } from 'node:util';
import { openParts } from './compose.ts';
import type { Config } from './config.ts';
import type { DayFigures } from './connectors/woocommerce/index.ts';
import { DAY, systemClock } from './shared/clock.ts';

type Say = (line: string) => void;

/**
 * `refledger reconcile [--store <id>] [--from <date>] [--to <date>]`: compares our orders with the shops', takes in
 * what is missing, and says how complete we were.
 * @returns 0 when every comparison ended, else 1
 * @throws Error when an argument cannot be used
 */
export async function runReconcileCommand(args: string[], config: Config, say: Say): Promise<number> {
  const options = { store: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } } as const;
  const { values } = parseArgs({ args, options });
  const to = values.to === undefined ? systemClock() : readDate('--to', values.to);
  const start = new Date(to.getTime() - config.reconcileDays * DAY);
  const from = values.from === undefined ? start : readDate('--from', values.from);
  if (from >= to) throw new Error('--from is to be before --to.');
  const { parts, close } = await openParts(config);
  try {
    const open = (await parts.reconcile.listWithRestAccess()).filter(
      ({ storeId }) => values.store === undefined || storeId === values.store,
    );
    if (open.length === 0) {
      say('No connected store has given its REST keys: open one under its settings first.');
      return 1;
    }
    let good = true;
    for (const store of open) {
      const progress = (orders: number): void => say(`${store.storeId}  ${orders} orders read`);
      const steps = { mayGoOn: () => Promise.resolve(true), progress };
      const { status, days, failure } = await parts.reconcile.reconcile(store, { from, to }, steps);
      for (const day of days) say(`${store.storeId}  ${describeDay(day)}`);
      say(`${store.storeId}  ${status}${failure === null ? '' : `: ${failure}`}`);
      good = good && status === 'finished';
    }
    await parts.ingest.drain();
    await parts.dispatcher.idle();
    return good ? 0 : 1;
  } finally {
    await close();
  }
}

function describeDay(day: DayFigures): string {
  const { inStore, hadBefore, missing, differed, refundsMissed, deletionsMissed, unheard } = day;
  return (
    `${day.day}  ${hadBefore} of ${inStore} orders were here (${day.completePpm} ppm), ${missing} missing, ` +
    `${differed} differed, ${refundsMissed} refunds and ${deletionsMissed} deletions missed, ` +
    `${unheard} never told by the shop`
  );
}

function readDate(name: string, text: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(date.getTime())) {
    throw new Error(`${name} is a date in UTC, e.g. 2026-11-21.`);
  }
  return date;
}
