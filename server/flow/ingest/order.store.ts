import type { Connection } from 'mongoose';
import { saveWithEvents } from '../../platform/mongo/index.ts';
import type { PendingEvent } from '../../shared/events.ts';
import type { OrdersToRead, OrderToRead } from '../../shared/store-orders.ts';
import { deriveCurrentOrder } from './derive-current-order.ts';
import { defineOrderModel, type BuyerRef, type Order } from './order.model.ts';

export interface OrderKey {
  merchantId: string;
  storeId: string;
  externalId: string;
}

export interface OrderStore extends OrdersToRead {
  find(key: OrderKey): Promise<Order | undefined>;
  byId(merchantId: string, orderId: string): Promise<Order | undefined>;
  /** The order of a checkout, by the hash of its token. */
  byCheckout(key: { merchantId: string; storeId: string; checkoutHash: string }): Promise<Order | undefined>;
  /** The last received first; `after` is the filter that a cursor gives. */
  list(merchantId: string, limit: number, after: object): Promise<Order[]>;
  /** Orders of a buyer placed until a moment, it included: the oldest and the newest, at most so many of each. */
  ofBuyerUntil(merchantId: string, buyer: BuyerRef, moment: Date, most: number): Promise<Order[]>;
  /** Orders of a buyer placed since a moment, it included: the newest, at most so many. */
  ofBuyerSince(merchantId: string, buyer: BuyerRef, moment: Date, most: number): Promise<Order[]>;
  /** False when another write came first: load and decide again. */
  save(order: Order, events: PendingEvent[]): Promise<boolean>;
}

export function createOrderStore(connection: Connection): OrderStore {
  const orders = defineOrderModel(connection);
  /** Asked by each key alone, because each has an index of its own. */
  const ofBuyer = async (
    merchantId: string,
    { customer, email }: BuyerRef,
    placedAt: object,
    order: { placedAt: 1 | -1; most: number },
  ): Promise<Order[]> => {
    const keys = [
      ...(customer === null ? [] : [{ 'buyer.customer': customer }]),
      ...(email === null ? [] : [{ 'buyer.email': email }]),
    ];
    const found = await Promise.all(
      keys.map((key) =>
        orders
          .find({ merchantId, ...key, placedAt })
          .sort({ placedAt: order.placedAt })
          .limit(order.most)
          .lean<Order[]>(),
      ),
    );
    return uniqueById(found.flat());
  };
  return {
    find: async (key) => (await orders.findOne({ ...key }).lean<Order>()) ?? undefined,
    byId: async (merchantId, _id) => (await orders.findOne({ merchantId, _id }).lean<Order>()) ?? undefined,
    byCheckout: async (key) => (await orders.findOne({ ...key }).lean<Order>()) ?? undefined,
    list: (merchantId, limit, after) =>
      orders
        .find({ merchantId, ...after })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean<Order[]>(),
    async ofBuyerUntil(merchantId, buyer, moment, most) {
      const until = { $lte: moment };
      const oldest = await ofBuyer(merchantId, buyer, until, { placedAt: 1, most });
      const newest = await ofBuyer(merchantId, buyer, until, { placedAt: -1, most });
      return uniqueById([...oldest, ...newest]);
    },
    ofBuyerSince: (merchantId, buyer, moment, most) =>
      ofBuyer(merchantId, buyer, { $gte: moment }, { placedAt: -1, most }),
    async needingRead(store, most) {
      const found = await orders
        .find({ ...store, needsRead: true })
        .limit(most)
        .lean<Order[]>();
      return found.map(toOrderToRead);
    },
    async placedBetween(store, { from, to, after }, most) {
      const behind = after
        ? {
            $or: [
              { placedAt: { $gt: after.placedAt } },
              { placedAt: after.placedAt, _id: { $gt: after.orderId } },
            ],
          }
        : {};
      const found = await orders
        .find({ ...store, placedAt: { $gte: after?.placedAt ?? from, $lt: to }, ...behind })
        .sort({ placedAt: 1, _id: 1 })
        .limit(most)
        .lean<Order[]>();
      return found.map(toOrderToRead);
    },
    save: (order, events) => saveWithEvents(connection, orders.collection.name, order, events),
  };
}

function toOrderToRead(order: Order): OrderToRead {
  const { _id: orderId, externalId, newest, readRequest } = order;
  return {
    orderId,
    externalId,
    placedAt: order.placedAt ?? order.createdAt,
    updatedAt: newest?.snapshot.updatedAt ?? order.createdAt,
    requestedAt: readRequest?.at ?? null,
    removed: deriveCurrentOrder(order)?.removed ?? false,
  };
}

function uniqueById(orders: Order[]): Order[] {
  return [...new Map(orders.map((order) => [order._id, order])).values()];
}
