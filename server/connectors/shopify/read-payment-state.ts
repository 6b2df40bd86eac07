import type { OrderSnapshot } from '../../shared/order.ts';

const STATES: Readonly<Record<string, OrderSnapshot['payment']>> = {
  paid: 'paid',
  partially_refunded: 'paid',
  refunded: 'paid',
  pending: 'unpaid',
  authorized: 'unpaid',
  partially_paid: 'unpaid',
  voided: 'void',
  expired: 'void',
};

/** What Shopify's `financial_status` says about payment (S7). A deposit waits for the rest. */
export function readPaymentState(financialStatus: string | null | undefined): OrderSnapshot['payment'] {
  return STATES[financialStatus ?? ''] ?? 'unknown';
}
