import { notFound } from '../../../shared/errors.ts';
import type { Order } from '../order.model.ts';
import type { OrderStore } from '../order.store.ts';

/** @throws DomainError `not-found`, also for an order that its store's own channel tells. */
export async function conversionOrThrow(
  orders: Pick<OrderStore, 'byId'>,
  merchantId: string,
  id: string,
): Promise<Order> {
  const order = await orders.byId(merchantId, id);
  const channel = order?.newest?.position.channel;
  if (!order || (channel !== 'api' && channel !== 'pixel')) throw notFound('The conversion');
  return order;
}
