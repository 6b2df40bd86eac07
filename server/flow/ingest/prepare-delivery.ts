import type { Channel, Delivery, ReceivedDelivery } from '../../shared/delivery.ts';
import type { DayHash } from '../../shared/identity.ts';
import type { StorableDelivery } from './apply-delivery.ts';
import { hashBuyer, type KeyedHash } from './hash-buyer.ts';
import { hashCheckout } from './hash-checkout.ts';
import { keepUsableEvidence } from './keep-usable-evidence.ts';
import { refuseAbsurdAmounts } from './refuse-absurd-amounts.ts';
import type { BuyerKeys } from './order.model.ts';

export interface PrepareDeliveryDeps {
  keyedHash: (merchantId: string) => KeyedHash;
  /** The hashes of IP addresses under the keys of the days before a moment. */
  dayHashes: (merchantId: string, moment: Date) => Promise<DayHash[]>;
}

/** A delivery as it may be stored. */
export interface PreparedDelivery {
  merchantId: string;
  storeId: string;
  channel: Channel;
  key: string;
  delivery: StorableDelivery;
  buyer: BuyerKeys | null;
  checkoutHash: string | null;
  /** What S3 calls our receipt, however long it waits afterwards. */
  receivedAt: Date;
}

export type PrepareDelivery = ReturnType<typeof createPrepareDelivery>;

type Stated = ReceivedDelivery & { delivery: Exclude<Delivery, { kind: 'nothing' }> };

/**
 * Refuses what can be refused, drops evidence that names nobody, and hashes the buyer and the checkout, before
 * anything is stored.
 * @throws DomainError `invalid-input` for an absurd amount.
 */
export function createPrepareDelivery({ keyedHash, dayHashes }: PrepareDeliveryDeps) {
  return async (received: Stated, receivedAt: Date): Promise<PreparedDelivery> => {
    const { merchantId, storeId, channel, key, delivery } = received;
    const keep = { merchantId, storeId, channel, key, receivedAt };
    if (delivery.kind !== 'order') {
      if (delivery.kind === 'refund')
        refuseAbsurdAmounts({ lines: [], fees: [], refunds: [delivery.refund] });
      return { ...keep, delivery, buyer: null, checkoutHash: null };
    }
    const { buyer, checkoutToken, evidence, ...stated } = delivery;
    const { snapshot } = stated;
    refuseAbsurdAmounts({ ...snapshot, fees: [...snapshot.fees, snapshot.shipping] });
    const placedAt = snapshot.createdAt < receivedAt ? snapshot.createdAt : receivedAt;
    const hasAddress = Boolean(buyer.ip) || Boolean(buyer.ipHash);
    const days = hasAddress ? await dayHashes(merchantId, placedAt) : [];
    const hash = keyedHash(merchantId);
    return {
      ...keep,
      delivery: { ...stated, evidence: keepUsableEvidence(evidence) },
      buyer: hashBuyer(buyer, storeId, hash, days),
      checkoutHash: checkoutToken ? hashCheckout(checkoutToken, storeId, hash) : null,
    };
  };
}
