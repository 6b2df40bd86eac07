import type { OrderBody } from './order.schema.ts';

/**
 * When everything was fulfilled (S7): the last fulfilment that came about, once Shopify calls the order
 * fulfilled; where the body has none of them, its own time.
 */
export function findFulfilment(order: OrderBody): Date | null {
  if (order.fulfillment_status !== 'fulfilled') return null;
  const times = order.fulfillments
    .filter(({ status }) => status === 'success')
    .map(({ created_at: at }) => at.getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : order.updated_at;
}
