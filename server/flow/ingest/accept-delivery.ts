import type { Clock } from '../../shared/clock.ts';
import type { AcceptDelivery, AcceptResult, ReceivedDelivery } from '../../shared/delivery.ts';
import { pendingEvent } from '../../shared/events.ts';
import type { DayHash } from '../../shared/identity.ts';
import type { NewId } from '../../shared/ids.ts';
import { untilSaved } from '../../platform/mongo/index.ts';
import { applyDelivery, type StorableDelivery } from './apply-delivery.ts';
import { createParkedOrder } from './create-parked-order.ts';
import { hashBuyer, type KeyedHash } from './hash-buyer.ts';
import { hashCheckout } from './hash-checkout.ts';
import { keepUsableEvidence } from './keep-usable-evidence.ts';
import { refuseAbsurdAmounts } from './refuse-absurd-amounts.ts';
import type { BuyerKeys, Order } from './order.model.ts';
import type { OrderStore } from './order.store.ts';

export interface AcceptDeliveryDeps {
  orders: OrderStore;
  keyedHash: (merchantId: string) => KeyedHash;
  /** The hashes of IP addresses under the keys of the days before a moment. */
  dayHashes: (merchantId: string, moment: Date) => Promise<DayHash[]>;
  clock: Clock;
  newId: NewId;
  noteEvent: (merchantId: string, storeId: string) => Promise<void>;
  nudge: (collection: 'orders') => void;
}

/**
 * Stores what a store told about an order, once, and leaves `order.accepted` when there is something to
 * decide on. Resolves when it is durable. Repeats are known by their key and change nothing.
 */
export function createAcceptDelivery(deps: AcceptDeliveryDeps): AcceptDelivery {
  const { orders, clock, newId } = deps;
  return async (received) => {
    const { delivery, merchantId, storeId } = received;
    await deps.noteEvent(merchantId, storeId);
    if (delivery.kind === 'nothing') return { status: 'ignored', reason: delivery.reason };
    const externalId = delivery.kind === 'order' ? delivery.snapshot.externalId : delivery.orderExternalId;
    const key = { merchantId, storeId, externalId };
    const buyer = delivery.kind === 'order' ? await hashBuyerOf(delivery, received) : null;
    const usable = prepare(delivery);
    const checkoutHash = hashCheckoutOf(received);
    return untilSaved<AcceptResult>(async () => {
      const now = clock();
      const order = (await orders.find(key)) ?? createParkedOrder(key, newId(), now);
      const outcome = applyDelivery(order, { ...received, delivery: usable, buyer, checkoutHash }, now);
      if (outcome.known) return { saved: true, result: { status: 'known' } };
      const events = outcome.changed
        ? [pendingEvent('order.accepted', merchantId, describeOrder(outcome.order), { id: newId(), now })]
        : [];
      const saved = await orders.save(outcome.order, events);
      if (saved && events.length > 0) deps.nudge('orders');
      return { saved, result: { status: 'accepted' } };
    });
  };

  function hashCheckoutOf({ merchantId, storeId, delivery }: ReceivedDelivery): string | null {
    const token = delivery.kind === 'order' ? delivery.checkoutToken : null;
    return token ? hashCheckout(token, storeId, deps.keyedHash(merchantId)) : null;
  }

  async function hashBuyerOf(
    { buyer, snapshot }: Extract<StorableDelivery, { kind: 'order' }>,
    { merchantId, storeId }: ReceivedDelivery,
  ): Promise<BuyerKeys> {
    const now = clock();
    const placedAt = snapshot.createdAt < now ? snapshot.createdAt : now;
    const hasAddress = Boolean(buyer.ip) || Boolean(buyer.ipHash);
    const days = hasAddress ? await deps.dayHashes(merchantId, placedAt) : [];
    return hashBuyer(buyer, storeId, deps.keyedHash(merchantId), days);
  }
}

/** Only what there is: most orders name no checkout. */
const describeOrder = ({ _id: orderId, checkoutHash }: Order) => ({
  orderId,
  ...(checkoutHash && { checkoutHash }),
});

/** What may be stored of a delivery. */
function prepare(delivery: StorableDelivery): StorableDelivery {
  if (delivery.kind === 'refund') refuseAbsurdAmounts({ lines: [], fees: [], refunds: [delivery.refund] });
  if (delivery.kind !== 'order') return delivery;
  const { snapshot } = delivery;
  refuseAbsurdAmounts({ ...snapshot, fees: [...snapshot.fees, snapshot.shipping] });
  return { ...delivery, evidence: keepUsableEvidence(delivery.evidence) };
}
