import { randomUUID } from 'node:crypto';

/** An `order.upsert` event of our own contract: one line of 100.00 EUR, unpaid, nobody's. */
export function anOrderEvent(order: Record<string, unknown> = {}, event: Record<string, unknown> = {}): any {
  const createdAt = '2026-10-02T10:00:00Z';
  return {
    eventId: randomUUID(),
    type: 'order.upsert',
    sequence: 1,
    occurredAt: createdAt,
    ...event,
    order: {
      id: '1001',
      number: '#1001',
      status: 'pending',
      isPaid: false,
      currency: 'EUR',
      createdAt,
      updatedAt: createdAt,
      lines: [
        {
          id: 'l1',
          productId: 'tea',
          title: 'Tea',
          quantity: 1,
          subtotal: '100.00',
          total: '100.00',
          totalTax: '20.00',
        },
      ],
      ...order,
    },
  };
}
