import { createHmac } from 'node:crypto';

/**
 * Bodies as WooCommerce sends them by webhook or REST v3, made from a few facts. Amounts are decimal
 * strings; whatever a test does not name has an ordinary value.
 */
interface LineFacts {
  id?: number;
  productId?: number;
  quantity?: number;
  subtotal?: string;
  total?: string;
  tax?: string;
}

interface RefundFacts {
  id?: number;
  at?: string;
  amount: string;
  /** Amounts of the parts are negative, as REST gives them. */
  lines?: { lineId?: string | number | null; quantity?: number; total: string; tax?: string }[];
  shipping?: { total: string; tax: string };
  fee?: { total: string; tax: string };
}

const CREATED = '2026-11-20T10:00:00';

export function wooLine(facts: LineFacts = {}): Record<string, unknown> {
  const { quantity = 1, subtotal = '20.00', total = subtotal } = facts;
  return {
    id: facts.id ?? 101,
    name: 'T-Shirt',
    product_id: facts.productId ?? 11,
    quantity,
    subtotal,
    subtotal_tax: '0.00',
    total,
    total_tax: facts.tax ?? '0.00',
    price: 16.746666666666666,
    meta_data: [],
  };
}

export function wooOrder(facts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 57,
    number: '57',
    status: 'processing',
    currency: 'USD',
    prices_include_tax: false,
    date_created_gmt: CREATED,
    date_modified_gmt: '2026-11-20T10:00:05',
    date_paid_gmt: null,
    date_completed_gmt: null,
    customer_id: 0,
    billing: {
      address_1: '2 Market St',
      address_2: '',
      city: 'San Francisco',
      postcode: '94105',
      country: 'US',
      email: 'gina@example.test',
    },
    shipping: { address_1: '', address_2: '', city: '', postcode: '', country: '' },
    meta_data: [],
    line_items: [wooLine()],
    fee_lines: [],
    coupon_lines: [],
    refunds: [],
    ...facts,
  };
}

/** A refund as `orders/{id}/refunds` lists it. */
export function wooRefund(facts: RefundFacts): Record<string, unknown> {
  const lines = (facts.lines ?? []).map(({ lineId = '101', quantity = -1, total, tax = '0.00' }) => ({
    id: 900,
    quantity,
    total,
    total_tax: tax,
    meta_data: lineId === null ? [] : [{ id: 1, key: '_refunded_item_id', value: lineId }],
  }));
  const part = (one: { total: string; tax: string } | undefined) =>
    one ? [{ id: 901, total: one.total, total_tax: one.tax }] : [];
  return {
    id: facts.id ?? 58,
    date_created_gmt: facts.at ?? '2026-11-21T10:00:00',
    amount: facts.amount,
    reason: '',
    line_items: lines,
    shipping_lines: part(facts.shipping),
    fee_lines: part(facts.fee),
  };
}

/** What WooCommerce puts into X-WC-Webhook-Signature. */
export function signWooCommerce(body: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}
