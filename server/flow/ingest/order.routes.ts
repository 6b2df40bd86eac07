import { z } from 'zod';
import {
  afterCursor,
  defineRoute,
  idParams,
  moment,
  money,
  pageOf,
  pageQuery,
  toPage,
  type RouteDefinition,
} from '../../platform/http/index.ts';
import { notFound } from '../../shared/errors.ts';
import type { OrderSnapshot } from '../../shared/order.ts';
import type { Order, OrderVersion } from './order.model.ts';
import type { OrderStore } from './order.store.ts';

const orderSchema = z.object({
  id: z.string(),
  storeId: z.string(),
  externalId: z.string(),
  /** Null while parked: a refund or trigger came before the order. */
  number: z.string().nullable(),
  status: z.string().nullable(),
  placedAt: moment.nullable(),
  versions: z.int(),
  needsRead: z.boolean().meta({ description: 'Something is known only in total; the store is to be read' }),
  parked: z.boolean(),
  createdAt: moment,
});

const versionSchema = z.object({
  number: z.int(),
  acceptedAt: moment,
  updatedAt: moment,
  channel: z.string(),
  status: z.string(),
  payment: z.string(),
  cancelled: z.boolean(),
  removed: z.boolean(),
  needsRead: z.boolean(),
  hash: z.string(),
  lines: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      quantity: z.int(),
      listed: money,
      discount: money,
      tax: money,
      taxIncluded: z.boolean(),
    }),
  ),
  refunds: z.array(
    z.object({
      id: z.string(),
      createdAt: moment,
      lines: z.int(),
      goods: money,
      amountOnly: money,
      shipping: money,
      made: z.boolean(),
    }),
  ),
});

/** Orders as the stores described them, without the buyer (S2). */
export function orderRoutes({ orders }: { orders: OrderStore }): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/orders',
      summary: 'Lists orders, the last received first; parked ones too.',
      access: 'read',
      query: pageQuery,
      response: pageOf(orderSchema),
      async handle({ caller, query: { limit, cursor } }) {
        const rows = await orders.list(caller.merchantId, limit + 1, afterCursor(cursor));
        return toPage(rows.map(presentOrder), limit);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/orders/:id',
      summary: 'One order.',
      access: 'read',
      params: idParams,
      response: orderSchema,
      handle: async ({ caller, params }) =>
        presentOrder(await orderOrThrow(orders, caller.merchantId, params.id)),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/orders/:id/versions',
      summary: 'Every version of an order that its store described; the last one holds.',
      access: 'read',
      params: idParams,
      response: z.object({ items: z.array(versionSchema) }),
      async handle({ caller, params }) {
        const order = await orderOrThrow(orders, caller.merchantId, params.id);
        return { items: order.versions.map(presentVersion) };
      },
    }),
  ];
}

async function orderOrThrow(orders: OrderStore, merchantId: string, id: string): Promise<Order> {
  const order = await orders.byId(merchantId, id);
  if (!order) throw notFound('The order');
  return order;
}

function presentOrder(order: Order): z.input<typeof orderSchema> {
  const { _id: id, storeId, externalId, placedAt, versions, newest, createdAt } = order;
  return {
    id,
    storeId,
    externalId,
    number: newest?.snapshot.number ?? null,
    status: newest?.snapshot.status ?? null,
    placedAt,
    versions: versions.length,
    needsRead: order.readRequest !== null || (versions.at(-1)?.needsRead ?? false),
    parked: newest === null,
    createdAt,
  };
}

function presentVersion({ snapshot, ...version }: OrderVersion): z.input<typeof versionSchema> {
  const of = (amount: bigint) => ({ amount, currency: snapshot.currency });
  const { updatedAt, status, payment, cancelled, removed } = snapshot;
  return {
    ...version,
    updatedAt,
    status,
    payment,
    cancelled,
    removed,
    lines: snapshot.lines.map((line) => ({
      ...line,
      listed: of(line.listed),
      discount: of(line.discount),
      tax: of(line.tax),
    })),
    refunds: snapshot.refunds.map((refund) => presentRefund(refund, of)),
  };
}

function presentRefund(
  refund: OrderSnapshot['refunds'][number],
  of: (amount: bigint) => { amount: bigint; currency: string },
) {
  const goods = refund.lines.reduce((total, { net, tax }) => total + net + tax, 0n);
  const { id, createdAt, made } = refund;
  return {
    id,
    createdAt,
    made,
    lines: refund.lines.length,
    goods: of(goods),
    amountOnly: of(refund.amountOnly),
    shipping: of(refund.shipping),
  };
}
