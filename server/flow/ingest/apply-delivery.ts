import type { Delivery, ReceivedDelivery } from '../../shared/delivery.ts';
import { canonicalJson } from '../../shared/hash.ts';
import type { OrderSnapshot, Refund } from '../../shared/order.ts';
import { addVersion } from './add-version.ts';
import { comparePositions } from './compare-positions.ts';
import { forgetPixel } from './forget-pixel.ts';
import { hashMoneyFacts } from './hash-money-facts.ts';
import { mergeEvidence } from './merge-evidence.ts';
import type { BuyerKeys, Order, Position } from './order.model.ts';

type OrderDelivery = Omit<Extract<Delivery, { kind: 'order' }>, 'buyer' | 'checkoutToken'>;

/** A delivery without its buyer and its checkout, which are kept as hashes. */
export type StorableDelivery = OrderDelivery | Exclude<Delivery, { kind: 'order' | 'nothing' }>;

/** A delivery that states something about the order. */
type Fact = Exclude<StorableDelivery, { kind: 'read-request' }>;

export type DeliveryOutcome =
  | { known: true }
  /** `changed`: later stages have something to decide on. */
  | { known: false; order: Order; changed: boolean };

/**
 * The order after a delivery (S2, S6). Pure: the same facts in any order of arrival, repeated or not, end
 * in the same current order.
 * @param now when the delivery was received; one that was received earlier may be applied later
 */
export function applyDelivery(
  order: Order,
  received: Omit<ReceivedDelivery, 'delivery'> & {
    delivery: StorableDelivery;
    buyer: BuyerKeys | null;
    checkoutHash?: string | null;
  },
  now: Date,
): DeliveryOutcome {
  const { delivery, channel, buyer, key } = received;
  if (order.deliveries.some((known) => known.key === key)) return { known: true };
  // A page tells an order once: whatever else it says, anybody could say.
  if (channel === 'pixel' && order.deliveries.length > 0) return { known: true };
  if (delivery.kind === 'read-request') {
    // It states nothing that could be repeated, so that it leaves no trace but the wish itself.
    const isNewest = order.readRequest === null || now >= order.readRequest.at;
    const readRequest = isNewest ? { at: now, reason: delivery.reason } : order.readRequest;
    return { known: false, order: markNeed({ ...order, readRequest }), changed: false };
  }
  const start = delivery.kind === 'order' && channel !== 'pixel' ? forgetPixel(order) : order;
  const { checkoutHash = null } = received;
  const facts = recordFacts(start, { delivery, channel, buyer }, now);
  const doubted = isDoubted(start, received) ? { readRequest: { at: now, reason: DOUBT } } : {};
  const told = { ...facts, ...doubted, checkoutHash: checkoutHash ?? facts.checkoutHash ?? null };
  const deliveries = [...order.deliveries, { key, at: now, channel }];
  const evidenceAt = hasNewEvidence(order, told) && now > order.evidenceAt ? now : order.evidenceAt;
  const next = markNeed(addVersion({ ...told, deliveries, evidenceAt }, channel, now));
  const isNews = next.versions.length > order.versions.length || hasNewEvidence(order, next);
  return { known: false, order: next, changed: next.versions.length > 0 && isNews };
}

const DOUBT = 'what was told differs from what was read at the same updated-at';

/**
 * Whether a message tells otherwise than what we read from the store at the same updated-at. What we read wins (S6),
 * but some changes leave that date alone (a refund that is deleted): the order is to be read again.
 */
function isDoubted(
  { newest }: Order,
  { delivery, channel }: { delivery: StorableDelivery; channel: Position['channel'] },
): boolean {
  if (!newest || delivery.kind !== 'order' || channel === 'store-api' || channel === 'pixel') return false;
  const { snapshot } = delivery;
  return (
    newest.position.channel === 'store-api' &&
    newest.snapshot.updatedAt.getTime() === snapshot.updatedAt.getTime() &&
    hashMoneyFacts(newest.snapshot) !== hashMoneyFacts(snapshot)
  );
}

/** Only a read from the store can tell more (S6). Left out where that never was so, so that few orders have it. */
function markNeed(order: Order): Order {
  const needsRead = order.readRequest !== null || (order.versions.at(-1)?.needsRead ?? false);
  return needsRead || order.needsRead !== undefined ? { ...order, needsRead } : order;
}

function recordFacts(
  order: Order,
  { delivery, channel, buyer }: { delivery: Fact; channel: Position['channel']; buyer: BuyerKeys | null },
  now: Date,
): Order {
  switch (delivery.kind) {
    case 'order':
      return recordSnapshot(order, delivery, channel, buyer, now);
    case 'refund':
      return {
        ...order,
        refunds: rememberRefunds(order.refunds, [delivery.refund], {
          cameAlone: true,
          updatedAt: delivery.updatedAt,
        }),
      };
    case 'removal': {
      const position: Position = { updatedAt: delivery.updatedAt, channel, sequence: delivery.sequence };
      const newer = order.removal === null || comparePositions(position, order.removal) >= 0;
      return newer ? { ...order, removal: position } : order;
    }
  }
}

function recordSnapshot(
  order: Order,
  delivery: OrderDelivery,
  channel: Position['channel'],
  buyer: BuyerKeys | null,
  now: Date,
): Order {
  const position: Position = { updatedAt: delivery.snapshot.updatedAt, channel, sequence: delivery.sequence };
  const isNewest = !order.newest || comparePositions(position, order.newest.position) >= 0;
  const { snapshot } = delivery;
  const placedAt = order.placedAt ?? snapshot.createdAt;
  const isRead =
    channel === 'store-api' && order.readRequest !== null && order.readRequest.at <= (delivery.readAt ?? now);
  return {
    ...order,
    newest: isNewest ? { snapshot, position } : order.newest,
    payment: rememberPayment(order.payment, snapshot, position),
    placedAt: placedAt < now ? placedAt : now,
    refunds: rememberRefunds(order.refunds, snapshot.refunds, {
      cameAlone: false,
      updatedAt: snapshot.updatedAt,
    }),
    evidence: mergeEvidence(order.evidence, delivery.evidence, isNewest),
    buyer: isNewest ? mergeBuyer(order.buyer, buyer) : mergeBuyer(buyer, order.buyer),
    readRequest: isRead ? null : order.readRequest,
  };
}

function rememberPayment(
  known: Order['payment'],
  snapshot: OrderSnapshot,
  position: Position,
): Order['payment'] {
  if (snapshot.payment === 'unknown') return known;
  if (known && comparePositions(position, known.position) < 0) return known;
  return { state: snapshot.payment, paidAt: snapshot.paidAt, position };
}

/**
 * Keeps one entry a refund: a newer report of it (its money went out after all) replaces it, but a mere total
 * never replaces its lines. Totals inside a snapshot are not remembered, because the snapshot tells them.
 */
function rememberRefunds(
  known: Order['refunds'],
  told: Refund[],
  { cameAlone, updatedAt }: { cameAlone: boolean; updatedAt: Date },
): Order['refunds'] {
  const byId = new Map(known.map((entry) => [entry.refund.id, entry]));
  for (const refund of told) {
    const before = byId.get(refund.id);
    if (refund.totalOnly && (before || !cameAlone)) continue;
    const isNewer = !before || before.refund.totalOnly || updatedAt >= before.updatedAt;
    const newest = isNewer ? { refund, updatedAt } : before;
    byId.set(refund.id, { ...newest, cameAlone: cameAlone || (before?.cameAlone ?? false) });
  }
  return [...byId.values()];
}

/** The newer delivery's buyer, completed with what only the older one told. */
function mergeBuyer(older: BuyerKeys | null, newer: BuyerKeys | null): BuyerKeys {
  return {
    customer: newer?.customer ?? older?.customer ?? null,
    email: newer?.email ?? older?.email ?? null,
    address: newer?.address ?? older?.address ?? null,
    ips: mergeDays(older?.ips, newer?.ips),
    paymentAccount: newer?.paymentAccount ?? older?.paymentAccount ?? null,
    earlierOrders: newer?.earlierOrders ?? older?.earlierOrders ?? null,
  };
}

/**
 * The hashes of the newer delivery, and of the older one those under keys that were destroyed meanwhile: what was
 * known before is not to be forgotten. Orders of the first version have none.
 */
function mergeDays(older: BuyerKeys['ips'] = [], newer: BuyerKeys['ips'] = []): BuyerKeys['ips'] {
  const byDay = new Map([...older, ...newer].map((item) => [item.day, item]));
  return [...byDay.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

function hasNewEvidence(before: Order, after: Order): boolean {
  return canonicalJson([before.evidence, before.buyer]) !== canonicalJson([after.evidence, after.buyer]);
}
