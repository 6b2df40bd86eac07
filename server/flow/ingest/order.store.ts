import type { Connection } from 'mongoose';
import { saveWithEvents } from '../../platform/mongo/index.ts';
import type { PendingEvent } from '../../shared/events.ts';
import { defineOrderModel, type Order } from './order.model.ts';

export interface OrderKey {
  merchantId: string;
  storeId: string;
  externalId: string;
}

export interface OrderStore {
  find(key: OrderKey): Promise<Order | undefined>;
  byId(merchantId: string, orderId: string): Promise<Order | undefined>;
  /** The last received first; `after` is the filter that a cursor gives. */
  list(merchantId: string, limit: number, after: object): Promise<Order[]>;
  /** False when another write came first: load and decide again. */
  save(order: Order, events: PendingEvent[]): Promise<boolean>;
}

export function createOrderStore(connection: Connection): OrderStore {
  const orders = defineOrderModel(connection);
  return {
    find: async (key) => (await orders.findOne({ ...key }).lean<Order>()) ?? undefined,
    byId: async (merchantId, _id) => (await orders.findOne({ merchantId, _id }).lean<Order>()) ?? undefined,
    list: (merchantId, limit, after) =>
      orders
        .find({ merchantId, ...after })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean<Order[]>(),
    save: (order, events) => saveWithEvents(connection, orders.collection.name, order, events),
  };
}
