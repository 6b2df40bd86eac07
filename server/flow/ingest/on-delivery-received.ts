import { DAY, type Clock } from '../../shared/clock.ts';
import type { PendingEvent } from '../../shared/events.ts';
import type { ApplyToOrder } from './apply-to-order.ts';
import type { InboxStore } from './inbox.store.ts';

export interface OnDeliveryReceivedDeps {
  inbox: Pick<InboxStore, 'findWaiting' | 'keepName'>;
  applyToOrder: ApplyToOrder;
  clock: Clock;
}

/** How long a repeat is known by its name alone; afterwards its order knows it. */
const NAME_KEPT = 14 * DAY;

/** Applies a delivery that waits in the inbox to its order. */
export function createOnDeliveryReceived({ inbox, applyToOrder, clock }: OnDeliveryReceivedDeps) {
  return async ({ merchantId, data }: PendingEvent<'delivery.received'>): Promise<void> => {
    const waiting = await inbox.findWaiting(merchantId, data.deliveryId);
    if (!waiting) return;
    await applyToOrder(waiting);
    await inbox.keepName(merchantId, data.deliveryId, new Date(clock().getTime() + NAME_KEPT));
  };
}
