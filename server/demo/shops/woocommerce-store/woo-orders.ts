import { restError, type FakeAnswer, type FakeRequest, type FakeRoute } from './fake-route.ts';
import { formatDecimals } from './format-decimals.ts';
import { selectPage, type Listed, type ListSettings } from './list-orders.ts';

type Body = Record<string, unknown>;

interface StoredOrder extends Listed {
  body: Body;
  refunds: StoredRefund[];
  /** Which status it had before it went into the trash. */
  before?: string;
}

interface StoredRefund extends Listed {
  body: Body;
}

/** The orders of a fake shop: what people do there, and what REST shows of it. */
export interface WooOrders {
  /** Puts an order there, or a later state of it; refunds that are left out stay as they were. */
  setOrder(body: object, refunds?: readonly object[]): void;
  /** Moves the order's date, as every refund that is made does. */
  addRefund(orderId: number, refund: object, at: Date): void;
  /** Leaves no trace: the order's date stays (woocommerce.md 2.8). */
  deleteRefund(orderId: number, refundId: number): void;
  trash(orderId: number, at: Date): void;
  untrash(orderId: number, at: Date): void;
  /** Sends nothing, and REST knows nothing of it any more. */
  deleteForGood(orderId: number): void;
  /** As REST shows it, refunds in it with their totals. */
  show(orderId: number, decimals?: number): unknown;
  readonly route: FakeRoute;
}

export interface WooOrdersSettings extends ListSettings {
  /** Decimals of the shop's setting, with which amounts are shown unless `dp` asks for others. */
  decimals: number;
}

const gmt = (moment: Date): string => moment.toISOString().slice(0, 19);

export function createWooOrders(settings: WooOrdersSettings): WooOrders {
  const orders = new Map<number, StoredOrder>();
  const orderOrThrow = (id: number): StoredOrder => {
    const order = orders.get(id);
    if (!order) throw new Error(`The fake shop has no order ${id}.`);
    return order;
  };
  const change = (order: StoredOrder, facts: Body, at: Date): void => {
    const modifiedAt = gmt(at);
    order.body = { ...order.body, ...facts, date_modified_gmt: modifiedAt };
    order.modifiedAt = modifiedAt;
    order.status = order.body['status'] as string;
  };
  return {
    setOrder(given, refunds) {
      const body = structuredClone(given) as Body;
      const id = body['id'] as number;
      const kept = refunds?.map((refund) => storeRefund(id, refund)) ?? orders.get(id)?.refunds ?? [];
      orders.set(id, {
        id,
        body,
        refunds: kept,
        status: body['status'] as string,
        createdAt: body['date_created_gmt'] as string,
        modifiedAt: (body['date_modified_gmt'] ?? body['date_created_gmt']) as string,
        parentId: null,
      });
    },
    addRefund(orderId, refund, at) {
      const order = orderOrThrow(orderId);
      order.refunds.push(storeRefund(orderId, { ...refund, date_created_gmt: gmt(at) }));
      change(order, {}, at);
    },
    deleteRefund(orderId, refundId) {
      const order = orderOrThrow(orderId);
      order.refunds = order.refunds.filter(({ id }) => id !== refundId);
    },
    trash(orderId, at) {
      const order = orderOrThrow(orderId);
      order.before = order.status;
      change(order, { status: 'trash' }, at);
    },
    untrash(orderId, at) {
      const order = orderOrThrow(orderId);
      change(order, { status: order.before ?? 'pending' }, at);
    },
    deleteForGood: (orderId) => void orders.delete(orderId),
    show: (orderId, decimals = settings.decimals) => showOrder(orderOrThrow(orderId), decimals),
    route: (request) => answer(orders, settings, request),
  };
}

function storeRefund(parentId: number, given: object): StoredRefund {
  const body = structuredClone(given) as Body;
  const createdAt = body['date_created_gmt'] as string;
  return { id: body['id'] as number, body, status: 'any', createdAt, modifiedAt: createdAt, parentId };
}

/** An order shows of its refunds id, reason and negative total. */
function showOrder({ body, refunds }: StoredOrder, decimals: number): unknown {
  const shown = refunds.map((refund) => ({
    id: refund.id,
    reason: refund.body['reason'] ?? '',
    total: `-${refund.body['amount'] as string}`,
  }));
  return formatDecimals({ ...body, refunds: shown }, decimals);
}

function answer(
  orders: ReadonlyMap<number, StoredOrder>,
  settings: WooOrdersSettings,
  { method, path, query }: FakeRequest,
): FakeAnswer | undefined {
  if (method !== 'GET') return undefined;
  const decimals = query.has('dp') ? parseInt(query.get('dp') ?? '', 10) : settings.decimals;
  const showRefund = (refund: StoredRefund): unknown =>
    formatDecimals({ ...refund.body, parent_id: refund.parentId }, decimals);
  if (path === '/wc/v3/orders') {
    const page = selectPage([...orders.values()], query, settings);
    if ('status' in page) return page;
    return { status: 200, body: page.rows.map((order) => showOrder(order, decimals)), headers: page.headers };
  }
  if (path === '/wc/v3/refunds') {
    const all = [...orders.values()].flatMap(({ refunds }) => refunds);
    return answerRefunds(all, query, settings, showRefund);
  }
  const [, id, sub] = /^\/wc\/v3\/orders\/(\d+)(\/refunds)?$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  const order = orders.get(parseInt(id, 10));
  if (!order) return restError(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');
  if (sub === undefined) return { status: 200, body: showOrder(order, decimals) };
  return answerRefunds(order.refunds, query, settings, showRefund);
}

function answerRefunds(
  refunds: readonly StoredRefund[],
  query: FakeRequest['query'],
  settings: WooOrdersSettings,
  show: (refund: StoredRefund) => unknown,
): FakeAnswer {
  const page = selectPage(refunds, query, settings);
  if ('status' in page) return page;
  return { status: 200, body: page.rows.map(show), headers: page.headers };
}
