import { call, signAsPlugin } from '../support/a-shop.ts';
import { wooLine } from '../support/woocommerce-payloads.ts';
import { refund, type ReadShop } from './a-read-shop.ts';

const DAY_IN_MINUTES = 24 * 60;
/** Each fate twice, on different days. */
const SALES = 18;
const LAST_DAY = 16;
/** By then every hold is over. */
const DAYS_LATER = 45;

type Change = 'edit' | 'refund' | 'delete refund' | 'trash' | 'restore' | 'delete';
/** What becomes of an order after it was placed, by turns, a day or more apart. */
const FATES: Change[][] = [
  [],
  ['refund'],
  ['refund', 'delete refund'],
  ['edit'],
  ['trash'],
  ['trash', 'restore'],
  ['delete'],
  ['edit', 'refund', 'delete'],
  ['refund', 'refund'],
];

/** One thing that happens in the shop; an order has one a day at most. */
interface Step {
  day: number;
  order: number;
  change: 'place' | Change;
}

/** An order as its shop has it. Amounts are in cents, without tax. */
interface Kept {
  createdAt: string;
  updatedAt: string;
  price: number;
  refunds: { id: number; at: string; amount: number }[];
  removed: boolean;
  sequence: number;
}

/** Orders of 20.00, 23.00, 26.00 ... EUR, each with a fate. */
export const STEPS: Step[] = Array.from({ length: SALES }, (_, index) => {
  const order = index + 1;
  const fate = FATES[index % FATES.length] ?? [];
  const placed = index % 11;
  const changes = fate.map((change, nth) => ({ day: placed + 1 + nth + (index % 4), order, change }));
  return [{ day: placed, order, change: 'place' as const }, ...changes];
}).flat();

/** How a shop's month reaches us. */
export interface Line {
  /** Whether the event of a step arrives. */
  arrives: (step: Step, index: number) => boolean;
  /** Whether the shop is read at the end of each day. */
  isRead: boolean;
}

/** Plays the month, day by day, in the shop; events that arrive are signed as the plugin signs them. */
export async function playMonth(the: ReadShop, { arrives, isRead }: Line): Promise<void> {
  const kept = new Map<number, Kept>();
  for (let day = 0; day <= LAST_DAY; day += 1) {
    const today = STEPS.filter((step) => step.day === day);
    for (const step of today) kept.set(step.order, happen(the, step, kept.get(step.order)));
    const heard = today.filter((step) => arrives(step, STEPS.indexOf(step)));
    await send(
      the,
      heard.map(({ order }) => describeEvent(order, keptOf(kept, order))),
    );
    if (isRead && today.length > 0) await the.read();
    the.later(DAY_IN_MINUTES);
  }
  the.later(DAYS_LATER * DAY_IN_MINUTES);
  await the.at.server.parts.jobs.runNow('release-due');
  await the.at.server.idle();
}

function keptOf(kept: ReadonlyMap<number, Kept>, order: number): Kept {
  const found = kept.get(order);
  if (!found) throw new Error(`order ${order} was not placed`);
  return found;
}

/** Does it in the fake shop. What leaves no date there, as a deleted refund does, leaves none here. */
function happen({ woo, at, sell }: ReadShop, { order, change }: Step, before?: Kept): Kept {
  const now = at.clock.now;
  const moment = now.toISOString();
  const fresh = { createdAt: moment, price: 1_700 + 300 * order, refunds: [], removed: false, sequence: 0 };
  const kept: Kept = { updatedAt: moment, ...fresh, ...before };
  kept.sequence += 1;
  if (change !== 'delete refund') kept.updatedAt = moment;
  switch (change) {
    case 'place':
    case 'edit': {
      if (change === 'edit') kept.price *= 2;
      const created = kept.createdAt.slice(0, 19);
      const line_items = [wooLine({ subtotal: decimal(kept.price) })];
      sell(order, { line_items, date_created_gmt: created, date_paid_gmt: created });
      break;
    }
    case 'refund': {
      const given = { id: 1_000 + 10 * order + kept.refunds.length, at: moment, amount: 500 };
      kept.refunds = [...kept.refunds, given];
      woo.addRefund(order, refund(given.id, decimal(given.amount)), now);
      break;
    }
    case 'delete refund':
      for (const { id } of kept.refunds) woo.deleteRefund(order, id);
      kept.refunds = [];
      break;
    case 'trash':
      kept.removed = true;
      woo.trash(order, now);
      break;
    case 'restore':
      kept.removed = false;
      woo.untrash(order, now);
      break;
    case 'delete':
      kept.removed = true;
      woo.deleteForGood(order);
      break;
  }
  return kept;
}

/** The plugin's event: the whole order as it is. */
function describeEvent(order: number, kept: Kept): object {
  const { createdAt, updatedAt, price, refunds, removed, sequence } = kept;
  const envelope = { eventId: `order-${order}-${sequence}`, occurredAt: updatedAt, sequence };
  if (removed) return { ...envelope, type: 'order.removed', orderId: String(order) };
  const line = { id: '101', productId: '11', title: 'T-Shirt', quantity: 1 };
  return {
    ...envelope,
    type: 'order.upsert',
    order: {
      ...{ id: String(order), number: String(order), status: 'processing', currency: 'EUR' },
      ...{ isPaid: true, createdAt, updatedAt, paidAt: createdAt },
      lines: [{ ...line, subtotal: decimal(price), total: decimal(price), totalTax: '0.00' }],
      refunds: refunds.map(({ id, at, amount }) => ({
        ...{ id: String(id), createdAt: at, amount: decimal(amount) },
        lines: [{ lineId: '101', quantity: 1, total: decimal(amount), totalTax: '0.00' }],
      })),
      referral: { code: 'anna', source: 'cookie' },
      customer: { email: 'gina@example.test' },
    },
  };
}

async function send({ at, shop }: ReadShop, events: object[]): Promise<void> {
  if (events.length === 0) return;
  const { id, eventSecret } = shop.stores.woocommerce;
  const body = JSON.stringify({ events });
  const path = `/hooks/v1/events/${id}`;
  const { status, body: answer } = await call(at, 'POST', path, body, signAsPlugin(at, eventSecret, body));
  const refused = (answer.results as { status: string }[]).filter((result) => result.status === 'rejected');
  if (status !== 202 || refused.length > 0) throw new Error(`${status} ${JSON.stringify(answer)}`);
  await at.server.idle();
}

function decimal(cents: number): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Postings of an order as a person sees them: no ids and no moments, but the order in which they were made. */
export async function booksByOrder({ shop }: ReadShop): Promise<Record<string, unknown[]>> {
  const { items: postings } = (await shop.api('GET', '/api/v1/commissions?limit=200')).body;
  const stateOf = new Map<string, string>(postings.map((each: any) => [each.id, each.state]));
  const books: Record<string, unknown[]> = {};
  for (const entry of await shop.entries()) {
    const { orderNumber, kind, postingId } = entry;
    const moved = entry.postings.map(({ amount }: any) => amount);
    (books[orderNumber] ??= []).push({ kind, moved, state: stateOf.get(postingId) });
  }
  return books;
}
