import { DAY, type Clock } from '../../shared/clock.ts';
import type { PendingEvent } from '../../shared/events.ts';
import type { RecordInOrder } from './record-in-order.ts';
import type { InboxStore } from './inbox.store.ts';

export interface OnDeliveryReceivedDeps {
  inbox: Pick<InboxStore, 'findWaiting' | 'keepName'>;
  recordInOrder: RecordInOrder;
  clock: Clock;
}

/** How long a repeat is known by its name alone; afterwards its order knows it. */
const NAME_KEPT = 14 * DAY;

/** Applies a delivery that waits in the inbox to its order. */
export function createOnDeliveryReceived({ inbox, recordInOrder, clock }: OnDeliveryReceivedDeps) {
  return async ({ merchantId, data }: PendingEvent<'delivery.received'>): Promise<void> => {
    const waiting = await inbox.findWaiting(merchantId, data.deliveryId);
    if (!waiting) return;
    await recordInOrder(waiting);
    await inbox.keepName(merchantId, data.deliveryId, new Date(clock().getTime() + NAME_KEPT));
  };
}
