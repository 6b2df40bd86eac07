import { createHmac } from 'node:crypto';

/**
 * Bodies as Shopify sends them, made from a few facts. Amounts are decimal strings; whatever a test does not
 * name has an ordinary value.
 */
interface LineFacts {
  id?: number;
  price?: string;
  quantity?: number;
  currentQuantity?: number;
  /** One amount per discount that was allocated to the line. */
  discounts?: string[];
  tax?: string;
  taxRate?: number;
  giftCard?: boolean;
  tip?: boolean;
  properties?: { name: string; value: unknown }[];
  currency?: string;
}

interface RefundFacts {
  id?: number;
  orderId?: number;
  lines?: { lineId?: number; quantity?: number; subtotal: string; tax?: string; line?: LineFacts }[];
  adjustments?: { kind: string; amount: string; tax?: string; buyerAmount?: string }[];
  transactions?: { status: string; kind?: string; amount: string }[];
  currency?: string;
  buyerCurrency?: string;
}

const CREATED = '2026-11-20T10:00:00-05:00';

/** The same amount twice, once in each currency. */
export function moneySet(amount: string, currency: string, buyer = { amount, currency }): object {
  return {
    shop_money: { amount, currency_code: currency },
    presentment_money: { amount: buyer.amount, currency_code: buyer.currency },
  };
}

export function shopifyLine(facts: LineFacts = {}): Record<string, unknown> {
  const { price = '20.00', quantity = 1, currency = 'USD', discounts = [], tax } = facts;
  return {
    id: facts.id ?? 11,
    product_id: 501,
    title: 'T-Shirt',
    quantity,
    current_quantity: facts.currentQuantity ?? quantity,
    price,
    price_set: moneySet(price, currency),
    gift_card: facts.giftCard ?? false,
    properties: facts.properties ?? [],
    discount_allocations: discounts.map((amount) => ({ amount, amount_set: moneySet(amount, currency) })),
    tax_lines: tax
      ? [{ title: 'Tax', price: tax, rate: facts.taxRate ?? 0.1, price_set: moneySet(tax, currency) }]
      : [],
    ...(facts.tip ? { tip_payment_gateway: null, tip_payment_method: null } : {}),
  };
}

export function shopifyOrder(facts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 7_000_000_000_001,
    name: '#1001',
    email: 'gina@example.test',
    currency: 'USD',
    presentment_currency: 'USD',
    created_at: CREATED,
    updated_at: '2026-11-20T10:00:05-05:00',
    cancelled_at: null,
    financial_status: 'paid',
    test: false,
    taxes_included: false,
    source_name: 'web',
    landing_site: '/',
    note_attributes: [],
    discount_codes: [],
    discount_applications: [],
    customer: { id: 31, email: 'gina@example.test' },
    billing_address: {
      address1: '2 Market St',
      address2: null,
      city: 'San Francisco',
      zip: '94105',
      country_code: 'US',
    },
    line_items: [shopifyLine()],
    refunds: [],
    ...facts,
  };
}

export function shopifyRefund(facts: RefundFacts = {}): Record<string, unknown> {
  const { currency = 'USD', buyerCurrency = currency, adjustments = [], transactions = [] } = facts;
  return {
    id: facts.id ?? 91,
    order_id: facts.orderId ?? 7_000_000_000_001,
    created_at: '2026-11-21T09:00:00-05:00',
    processed_at: '2026-11-21T09:00:00-05:00',
    refund_line_items: (facts.lines ?? []).map(
      ({ lineId = 11, quantity = 1, subtotal, tax = '0.00', line }) => ({
        line_item_id: lineId,
        quantity,
        restock_type: 'return',
        subtotal,
        subtotal_set: moneySet(subtotal, currency),
        total_tax: tax,
        total_tax_set: moneySet(tax, currency),
        line_item: shopifyLine({ id: lineId, currency, ...line }),
      }),
    ),
    order_adjustments: adjustments.map(({ kind, amount, tax = '0.00', buyerAmount = amount }) => ({
      kind,
      amount,
      tax_amount: tax,
      amount_set: moneySet(amount, currency, { amount: buyerAmount, currency: buyerCurrency }),
      tax_amount_set: moneySet(tax, currency, { amount: tax, currency: buyerCurrency }),
    })),
    transactions: transactions.map(({ kind = 'refund', ...money }) => ({
      kind,
      currency: buyerCurrency,
      ...money,
    })),
  };
}

/** What Shopify puts into X-Shopify-Hmac-Sha256. */
export function signShopify(body: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}
