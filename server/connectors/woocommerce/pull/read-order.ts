import { z } from 'zod';
import { exponentOf, isCurrency } from '../../../shared/currencies.ts';
import { canonicalJson } from '../../../shared/hash.ts';
import type { Delivery } from '../../../shared/delivery.ts';
import { checkShape } from '../../../platform/http/index.ts';
import { translateRestOrder } from '../translate-rest-order.ts';
import type { Ask } from './ask-again.ts';

/** An order as it was read, in our words; `bytes` stands for what the shop said, for its name. */
export interface ReadOrder {
  delivery: Delivery;
  bytes: Buffer;
  /** Decimals of the order's currency. */
  decimals: number;
  refundIds: string[];
}

const headSchema = z.object({
  id: z.int(),
  status: z.string(),
  currency: z.string(),
  refunds: z.array(z.object({ id: z.int() })).default([]),
});

const PAGE = 100;

/**
 * Completes an order with the lines of its refunds, everything with the decimals of its currency (woocommerce.md 7).
 * @param listed the order as a list or `orders/{id}` gave it, with `decimals`
 * @throws WooError, and DomainError invalid-input for an order that cannot be understood
 */
export async function readOrder(
  ask: Ask,
  listed: unknown,
  decimals: number,
  readAt: Date,
): Promise<ReadOrder> {
  const { id, currency, refunds } = checkShape(headSchema, listed);
  const dp = isCurrency(currency) ? exponentOf(currency) : decimals;
  const order = dp === decimals ? listed : (await ask(`orders/${id}`, { dp })).body;
  const details = refunds.length === 0 ? [] : await readRefunds(ask, id, dp);
  const delivery = translateRestOrder(order, details);
  return {
    delivery: delivery.kind === 'order' ? { ...delivery, readAt } : delivery,
    bytes: Buffer.from(canonicalJson([order, details])),
    decimals: dp,
    refundIds: refunds.map((refund) => String(refund.id)),
  };
}

async function readRefunds(ask: Ask, orderId: number, dp: number): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await ask(`orders/${orderId}/refunds`, { dp, per_page: PAGE, page });
    const rows = checkShape(z.array(z.unknown()), body);
    found.push(...rows);
    if (rows.length < PAGE) return found;
  }
}
