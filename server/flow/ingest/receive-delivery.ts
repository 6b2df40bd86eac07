import type { Clock } from '../../shared/clock.ts';
import type { Delivery, ReceiveDelivery } from '../../shared/delivery.ts';
import { pendingEvent } from '../../shared/events.ts';
import type { DayHash } from '../../shared/identity.ts';
import type { NewId } from '../../shared/ids.ts';
import type { StorableDelivery } from './apply-delivery.ts';
import { hashBuyer, type KeyedHash } from './hash-buyer.ts';
import type { InboxStore } from './inbox.store.ts';
import { keepUsableEvidence } from './keep-usable-evidence.ts';
import { refuseAbsurdAmounts } from './refuse-absurd-amounts.ts';
import type { BuyerKeys } from './order.model.ts';

export interface ReceiveDeliveryDeps {
  inbox: Pick<InboxStore, 'insert'>;
  keyedHash: (merchantId: string) => KeyedHash;
  /** The hashes of IP addresses under the keys of the days before a moment. */
  dayHashes: (merchantId: string, moment: Date) => Promise<DayHash[]>;
  clock: Clock;
  newId: NewId;
  noteEvent: (merchantId: string, storeId: string) => Promise<void>;
  nudge: (collection: 'inbox') => void;
}

/**
 * Keeps what a store told about an order, once, and leaves `delivery.received`. Resolves when it is durable; what
 * can be refused is refused here, and the buyer is hashed before anything is stored. Repeats are known by their
 * name and leave nothing.
 * @throws DomainError `invalid-input` for an absurd amount; TooMuchWaiting when nothing more can wait.
 */
export function createReceiveDelivery(deps: ReceiveDeliveryDeps): ReceiveDelivery {
  return async ({ merchantId, storeId, channel, key, delivery }) => {
    await deps.noteEvent(merchantId, storeId);
    if (delivery.kind === 'nothing') return { status: 'ignored', reason: delivery.reason };
    const receivedAt = deps.clock();
    const usable = prepare(delivery);
    const buyer =
      delivery.kind === 'order' ? await hashBuyerOf(delivery, { merchantId, storeId, receivedAt }) : null;
    const deliveryId = deps.newId();
    const context = { id: deps.newId(), now: receivedAt };
    const outcome = await deps.inbox.insert({
      merchantId,
      _id: deliveryId,
      reference: `${storeId}/${key}`,
      storeId,
      channel,
      key,
      delivery: usable,
      buyer,
      receivedAt,
      expiresAt: null,
      pendingEvents: [pendingEvent('delivery.received', merchantId, { deliveryId }, context)],
    });
    if (outcome === 'duplicate') return { status: 'known' };
    deps.nudge('inbox');
    return { status: 'accepted' };
  };

  async function hashBuyerOf(
    { buyer, snapshot: { createdAt } }: Extract<Delivery, { kind: 'order' }>,
    { merchantId, storeId, receivedAt }: { merchantId: string; storeId: string; receivedAt: Date },
  ): Promise<BuyerKeys> {
    const placedAt = createdAt < receivedAt ? createdAt : receivedAt;
    const hasAddress = Boolean(buyer.ip) || Boolean(buyer.ipHash);
    const days = hasAddress ? await deps.dayHashes(merchantId, placedAt) : [];
    return hashBuyer(buyer, storeId, deps.keyedHash(merchantId), days);
  }
}

/** What may be stored of a delivery: amounts that the database can hold, usable evidence, and no buyer. */
function prepare(delivery: Exclude<Delivery, { kind: 'nothing' }>): StorableDelivery {
  if (delivery.kind === 'refund') refuseAbsurdAmounts({ lines: [], fees: [], refunds: [delivery.refund] });
  if (delivery.kind !== 'order') return delivery;
  const { kind, snapshot, sequence, evidence } = delivery;
  refuseAbsurdAmounts({ ...snapshot, fees: [...snapshot.fees, snapshot.shipping] });
  return { kind, snapshot, sequence, evidence: keepUsableEvidence(evidence) };
}
