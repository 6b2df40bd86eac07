import { computeCommission, describeComputation, type CommissionTarget } from './flow/commissions/index.ts';
import { applyDelivery, createParkedOrder, type Order } from './flow/ingest/index.ts';
import type { Delivery } from './shared/delivery.ts';
import { describeMoney } from './shared/minor-units.ts';
import type { OrderSnapshot } from './shared/order.ts';

/** A delivery with the file that it stands in, and the key by which a repeat of it is known. */
export interface ExplainedDelivery {
  source: string;
  key: string;
  delivery: Delivery;
}

/** How an order's commission came about, and where it stands after the last delivery. */
export interface Explanation {
  snapshot: OrderSnapshot;
  version: number;
  target: CommissionTarget;
  /** What is open: nothing is posted for the version until the order was read from the store (S6). */
  notes: string[];
  needsRead: boolean;
  /** The whole story, a paragraph a step. */
  words: string[];
}

/**
 * Takes deliveries in one after the other, as ingest does, and computes what each version of the order should
 * have earned at one rate by link (S4 to S6). Pure.
 * @param now when the deliveries are said to have been received
 * @returns undefined when no delivery describes an order, for example because it is a draft
 */
export function explainOrder(
  deliveries: readonly ExplainedDelivery[],
  ratePpm: number,
  now: Date,
): Explanation | undefined {
  let order = createParkedOrder({ merchantId: '', storeId: '', externalId: '' }, '', now);
  const words: string[] = [];
  let before = 0n;
  for (const { source, key, delivery } of deliveries) {
    const next = takeIn(order, key, delivery, now);
    const version = next.versions.at(-1);
    if (version && next.versions.length > order.versions.length) {
      const target = computeAt(version.snapshot, ratePpm);
      words.push(...describeVersion(source, next, target, before));
      if (!version.needsRead) before = target.target;
    } else {
      words.push(`${source}: ${describeIdle(delivery)}`);
    }
    order = next;
  }
  const last = order.versions.at(-1);
  if (!last) return undefined;
  const { number: version, snapshot, needsRead } = last;
  const notes = [...listOpenRefunds(snapshot), ...listUncounted(order, snapshot), ...listWishes(order)];
  return {
    snapshot,
    version,
    target: computeAt(snapshot, ratePpm),
    notes,
    needsRead,
    words: [...words, ...notes.map((note) => `Note: ${note}`)],
  };
}

function takeIn(order: Order, key: string, delivery: Delivery, now: Date): Order {
  if (delivery.kind === 'nothing') return order;
  const received = { merchantId: '', storeId: '', channel: 'webhook', key, delivery, buyer: null } as const;
  const outcome = applyDelivery(order, received, now);
  return outcome.known ? order : outcome.order;
}

function computeAt(snapshot: OrderSnapshot, ratePpm: number): CommissionTarget {
  const rules = [{ id: 'rate', kind: 'percent', args: { ratePpm }, scope: {} }];
  const sale = { affiliateId: '', groupId: null, ownCodes: [] };
  return computeCommission(snapshot, sale, { version: 1, effectiveFrom: new Date(0), rules });
}

function describeVersion(source: string, order: Order, target: CommissionTarget, before: bigint): string[] {
  const { number, snapshot, needsRead } = order.versions.at(-1)!;
  const money = (amount: bigint): string => describeMoney(amount, snapshot.currency);
  const head = `${source}: order ${snapshot.number}, version ${number} (${snapshot.status}).`;
  const difference = `Difference: ${money(target.target)} - ${money(before)} before = ${money(target.target - before)}.`;
  const posted = needsRead
    ? 'Nothing is posted for this version: the order is to be read from the store first.'
    : difference;
  return [head, ...describeComputation(snapshot, target), posted];
}

function describeIdle(delivery: Delivery): string {
  switch (delivery.kind) {
    case 'nothing':
      return `${delivery.reason}; it changes nothing.`;
    case 'read-request':
      return `${delivery.reason}; it tells no amounts, so the order is to be read from the store.`;
    default:
      return 'tells no other amounts than what is known already, or is older; it changes nothing.';
  }
}

function listOpenRefunds({ refunds, provisional }: OrderSnapshot): string[] {
  const open = refunds.filter(({ made, totalOnly }) => made && totalOnly).map(({ id }) => id);
  return [
    ...(open.length > 0
      ? [
          `Only the total is known of refund ${open.join(', ')}, so it does not count yet; give the refund itself as well.`,
        ]
      : []),
    ...(provisional
      ? [
          'The amounts may be shown with fewer decimals than the currency has; read the order with all of them.',
        ]
      : []),
  ];
}

function listUncounted(order: Order, snapshot: OrderSnapshot): string[] {
  const counted = new Set(snapshot.refunds.map(({ id }) => id));
  const missing = order.refunds.map(({ refund }) => refund.id).filter((id) => !counted.has(id));
  const since = snapshot.updatedAt.toISOString();
  return missing.map(
    (id) => `Refund ${id} does not count: the order as of ${since}, which is newer, has none.`,
  );
}

function listWishes({ readRequest }: Order): string[] {
  return readRequest ? [`The order is to be read from the store: ${readRequest.reason}.`] : [];
}
