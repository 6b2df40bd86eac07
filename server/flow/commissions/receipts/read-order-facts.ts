import type { OrderSnapshot } from '../../../shared/order.ts';
import type { Receipt } from './receipt.ts';

/** What a receipt repeats of its order version, beside the lines (S16). Nothing of the buyer. */
export function readOrderFacts(
  snapshot: OrderSnapshot,
): Omit<Receipt['order'], 'id' | 'version' | 'placedAt' | 'currency'> {
  const { number, updatedAt, status, payment, cancelled, removed, test, chargeback } = snapshot;
  const { refunds, fees, shipping } = snapshot;
  return {
    number,
    updatedAt,
    status,
    payment,
    cancelled,
    removed,
    test,
    chargeback,
    refunds,
    fees,
    shipping,
  };
}
