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
  /** Newest first; `before` is the `placedAt` and id of the last one of the page before. */
  list(merchantId: string, limit: number, before?: { placedAt: Date; id: string }): Promise<Order[]>;
  /** False when another write came first: load and decide again. */
  save(order: Order, events: PendingEvent[]): Promise<boolean>;
}

export function createOrderStore(connection: Connection): OrderStore {
  const orders = defineOrderModel(connection);
  return {
    find: async (key) => (await orders.findOne({ ...key }).lean<Order>()) ?? undefined,
    byId: async (merchantId, _id) => (await orders.findOne({ merchantId, _id }).lean<Order>()) ?? undefined,
    list: (merchantId, limit, before) => {
      const older = before && {
        $or: [{ placedAt: { $lt: before.placedAt } }, { placedAt: before.placedAt, _id: { $lt: before.id } }],
      };
      return orders
        .find({ merchantId, placedAt: { $ne: null }, ...older })
        .sort({ placedAt: -1, _id: -1 })
        .limit(limit)
        .lean<Order[]>();
    },
    save: (order, events) => saveWithEvents(connection, orders.collection.name, order, events),
  };
}
