import type { Clock } from '../../shared/clock.ts';
import type { AcceptDelivery } from '../../shared/delivery.ts';
import type { RecordInOrder } from './record-in-order.ts';
import type { PrepareDelivery } from './prepare-delivery.ts';

export interface AcceptDeliveryDeps {
  prepareDelivery: PrepareDelivery;
  recordInOrder: RecordInOrder;
  clock: Clock;
  noteEvent: (merchantId: string, storeId: string) => Promise<void>;
}

/**
 * Applies what a caller told to its order before the caller is answered, because the answer is about the order.
 * Hooks, whose answer is only that they were heard, go through the inbox (receive-delivery.ts).
 * @throws DomainError `invalid-input` for an absurd amount.
 */
export function createAcceptDelivery(deps: AcceptDeliveryDeps): AcceptDelivery {
  const { prepareDelivery, recordInOrder, clock, noteEvent } = deps;
  return async (received) => {
    const { merchantId, storeId, delivery } = received;
    await noteEvent(merchantId, storeId);
    if (delivery.kind === 'nothing') return { status: 'ignored', reason: delivery.reason };
    return { status: await recordInOrder(await prepareDelivery({ ...received, delivery }, clock())) };
  };
}
