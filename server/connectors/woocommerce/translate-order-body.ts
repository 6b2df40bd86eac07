import { z } from 'zod';
import type { Delivery } from '../../shared/delivery.ts';
import { checkShape } from '../../platform/http/index.ts';
import { collectOrderEvidence } from './collect-order-evidence.ts';
import { describeBuyer } from './describe-buyer.ts';
import { orderSchema } from './order.schema.ts';
import type { RefundBody } from './refund.schema.ts';
import { translateOrder } from './translate-order.ts';

const statusSchema = z.object({ status: z.string() });

/** Opening the block checkout makes one, with the visitor's data in it (woocommerce.md 2.6). */
const DRAFTS = new Set(['checkout-draft', 'auto-draft', 'draft']);

/**
 * The body of an order as a delivery. A draft is dropped before anything of it is read.
 * @throws DomainError invalid-input when it is not an order
 */
export function translateOrderBody(body: unknown, refunds: readonly RefundBody[] = []): Delivery {
  const { status } = checkShape(statusSchema, body);
  if (DRAFTS.has(status)) return { kind: 'nothing', reason: 'a draft of an order' };
  const order = checkShape(orderSchema, body);
  return {
    kind: 'order',
    snapshot: translateOrder(order, refunds),
    evidence: collectOrderEvidence(order),
    buyer: describeBuyer(order),
    sequence: null,
  };
}
