import type { Order } from './order.model.ts';
import type { OrderKey } from './order.store.ts';

/** An order of which nothing is known yet: a refund or a trigger may come before the order itself (S6). */
export function createParkedOrder(key: OrderKey, id: string, now: Date): Order {
  return {
    ...key,
    _id: id,
    revision: 0,
    createdAt: now,
    placedAt: null,
    newest: null,
    payment: null,
    versions: [],
    refunds: [],
    removal: null,
    evidence: [],
    evidenceAt: now,
    buyer: {
      customer: null,
      email: null,
      address: null,
      ips: [],
      paymentAccount: null,
      earlierOrders: null,
    },
    confirmation: null,
    checkoutHash: null,
    checkoutStartedAt: null,
    readRequest: null,
    deliveries: [],
  };
}
