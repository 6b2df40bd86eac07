/** The platforms whose bodies can be told by their shape. */
export type RecordedPlatform = 'shopify' | 'woocommerce';

/** A body that a store sent or answered, with the topic under which it means something to its connector. */
export interface Recording {
  /** A topic of the platform's webhooks; `refund` for a refund of WooCommerce's REST API. */
  topic: string;
  isOrder: boolean;
  /** The order that it is about; null where it does not say. */
  orderId: string | null;
  body: unknown;
}

type Members = Record<string, unknown>;

/** What files wrap a body in: answers of REST, and tools that record webhooks. */
const WRAPPERS = ['order', 'orders', 'refund', 'refunds', 'body', 'payload'];

/**
 * What the content of a file is to a platform: one body, a list of them, or either in a wrapper.
 * @returns undefined when something in it is neither an order nor anything that happens to one
 */
export function recogniseRecordings(platform: RecordedPlatform, content: unknown): Recording[] | undefined {
  const bodies = unwrap(content);
  const found = bodies.map(platform === 'shopify' ? recogniseShopify : recogniseWooCommerce);
  const known = found.filter((recording) => recording !== undefined);
  return known.length > 0 && known.length === bodies.length ? known : undefined;
}

function unwrap(content: unknown): unknown[] {
  if (Array.isArray(content)) return content.flatMap(unwrap);
  if (!isMembers(content) || 'id' in content) return [content];
  const wrapper = WRAPPERS.find((name) => isMembers(content[name]) || Array.isArray(content[name]));
  return wrapper === undefined ? [content] : unwrap(content[wrapper]);
}

function recogniseShopify(body: unknown): Recording | undefined {
  if (!isMembers(body)) return undefined;
  const { id, order_id: orderId, order_edit: edit } = body;
  if ('line_items' in body && 'taxes_included' in body) return order('orders/updated', id, body);
  if ('refund_line_items' in body) return event('refunds/create', orderId, body);
  if (isMembers(edit)) return event('orders/edited', edit['order_id'], body);
  if ('kind' in body && 'gateway' in body) return event('order_transactions/create', orderId, body);
  return isIdAlone(body) ? event('orders/delete', id, body) : undefined;
}

function recogniseWooCommerce(body: unknown): Recording | undefined {
  if (!isMembers(body)) return undefined;
  const { id, arg } = body;
  if ('line_items' in body && 'coupon_lines' in body) return order('order.updated', id, body);
  if ('amount' in body && 'line_items' in body) return event('refund', findParent(body), body);
  if (body['action'] === 'woocommerce_order_refunded') {
    return event('action.woocommerce_order_refunded', arg, body);
  }
  return isIdAlone(body) ? event('order.deleted', id, body) : undefined;
}

/** A list of refunds names the order of each; the answer about one only links to it. */
function findParent({ parent_id: parent, _links: links }: Members): unknown {
  if (typeof parent === 'number' && parent > 0) return parent;
  return /\/orders\/(\d+)"/.exec(JSON.stringify(isMembers(links) ? (links['up'] ?? null) : null))?.[1];
}

function order(topic: string, id: unknown, body: Members): Recording {
  return { topic, isOrder: true, orderId: asId(id), body };
}

function event(topic: string, orderId: unknown, body: Members): Recording {
  return { topic, isOrder: false, orderId: asId(orderId), body };
}

const asId = (id: unknown): string | null =>
  typeof id === 'string' || typeof id === 'number' ? String(id) : null;

const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isIdAlone = (body: Members): boolean => Object.keys(body).join() === 'id';
