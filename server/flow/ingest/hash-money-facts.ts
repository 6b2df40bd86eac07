import { contentHash } from '../../shared/hash.ts';
import type { OrderSnapshot } from '../../shared/order.ts';

/**
 * SHA-256 of an order's normalised money facts: amounts, quantities, refunds and state; never of evidence,
 * channel, titles or number formatting (S2). A version with the hash of the last one changes nothing.
 */
export function hashMoneyFacts(order: OrderSnapshot): string {
  const byId = <T extends { id: string }>(items: T[]): T[] =>
    [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
  return contentHash({
    currency: order.currency,
    status: order.status,
    payment: order.payment,
    paidAt: order.paidAt,
    cancelled: order.cancelled,
    removed: order.removed,
    test: order.test,
    provisional: order.provisional,
    fulfilled: order.fulfilledAt !== null,
    chargeback: order.chargeback,
    shipping: order.shipping,
    lines: byId(order.lines).map(({ title: _title, categoryIds, ...money }) => ({
      ...money,
      categoryIds: [...categoryIds].sort(),
    })),
    fees: byId(order.fees),
    refunds: byId(order.refunds).map(({ createdAt: _createdAt, ...money }) => money),
  });
}
