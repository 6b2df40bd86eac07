import type { OrderSnapshot } from '../../shared/order.ts';
import type { OrderBody } from './order.schema.ts';

type PaymentState = Pick<OrderSnapshot, 'payment' | 'paidAt'>;

/** Statuses that wait for money, unless the order has a date of payment. */
const WAITING = new Set(['pending', 'on-hold', 'processing']);
const VOID = new Set(['failed', 'cancelled']);

/**
 * What an order says about payment (S7). Cash on delivery has no date of payment and is paid when the order
 * is completed. A refunded order was paid; its refunds take the base away. A status that we do not know, a
 * shop's own or the trash, keeps the last payment state.
 */
export function readPaymentState(order: OrderBody): PaymentState {
  const paidAt = order.date_paid_gmt ?? null;
  if (VOID.has(order.status)) return { payment: 'void', paidAt };
  if (WAITING.has(order.status)) return { payment: paidAt ? 'paid' : 'unpaid', paidAt };
  if (order.status === 'completed' || order.status === 'refunded') {
    return { payment: 'paid', paidAt: paidAt ?? order.date_completed_gmt ?? null };
  }
  return { payment: 'unknown', paidAt };
}
