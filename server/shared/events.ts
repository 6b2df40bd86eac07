/**
 * Every event that one stage leaves for the next, in the past tense, with what it carries.
 * Ids only: the receiver reads the newest facts itself, so a late or repeated event does no harm.
 */
export interface EventPayloads {
  'delivery.received': { deliveryId: string };
  /** `checkoutHash`: of the checkout that the order came of, where its store names it. */
  'order.accepted': { orderId: string; checkoutHash?: string | null };
  /** The clocks' tolerance after the order was placed is over: touches that came meanwhile count. */
  'tolerance.passed': { orderId: string };
  'attribution.decided': { orderId: string };
  /** What later orders of the same buyer read of an order changed; `acceptedAt`: when the cause was accepted. */
  'history.changed': { orderId: string; acceptedAt: Date };
  'commission.computed': { orderId: string; postingId: string };
  /** `step` counts the states of the posting from 0. */
  'commission.moved': { orderId: string; postingId: string; step: number };
  'entry.posted': { entryId: string };
  'commission.posted': { orderId: string; postingId: string; entryId: string };
  'statement.issued': { statementId: string };
  'mail.queued': { mailId: string };
  /** A shop has given us the keys of its REST interface. */
  'store.opened': { storeId: string };
  /** What a coupon takes off, whether it is paused, or who owns it is another than before: shops are to hold it. */
  'coupon.changed': { couponId: string };
  /** A shop told that a coupon was changed or deleted in it. */
  'coupon.touched': { couponId: string; storeId: string };
}

export type EventType = keyof EventPayloads;

/** An event as it waits inside the document that its stage wrote, until every receiver has had it. */
export interface PendingEvent<T extends EventType = EventType> {
  id: string;
  type: T;
  merchantId: string;
  /** When it is to be delivered (again). */
  at: Date;
  attempts: number;
  data: EventPayloads[T];
}

/** Makes the event that a use case writes into its document. */
export function pendingEvent<T extends EventType>(
  type: T,
  merchantId: string,
  data: EventPayloads[T],
  context: { id: string; now: Date },
): PendingEvent<T> {
  return { id: context.id, type, merchantId, at: context.now, attempts: 0, data };
}
