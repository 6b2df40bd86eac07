import { formatMinorUnits } from '../../shared/minor-units.ts';
import { sum } from '../../shared/money.ts';
import type { PlannedOrder, Stage } from '../plan/month-plan.ts';
import { momentOf } from '../plan/order-facts.ts';
import type { TouchIdOf } from './connected-shop.ts';
import { linesAt, statusAt, type WooCommerceLine } from './woocommerce-lines.ts';

type WriteAmount = (amount: bigint) => string;

/** The body of order.created and order.updated, as WooCommerce's core webhooks send it (woocommerce.md 2, 7). */
export function buildWooCommerceOrder(order: PlannedOrder, stage: Stage, touchIdOf: TouchIdOf): object {
  const { shop, placedAt } = order;
  const money: WriteAmount = (amount) => formatMinorUnits(amount, shop.currency);
  const modified = gmt(momentOf(order, stage));
  const paid = stage !== 'placed' && order.paidAt ? gmt(order.paidAt) : null;
  const lines = linesAt(order, stage);
  return {
    id: order.externalId,
    parent_id: 0,
    number: String(order.number),
    order_key: `wc_order_${order.number}`,
    created_via: 'store-api',
    version: '10.5.0',
    status: statusAt(order, stage),
    currency: shop.currency,
    prices_include_tax: shop.taxIncluded,
    date_created: gmt(placedAt),
    date_created_gmt: gmt(placedAt),
    date_modified: modified,
    date_modified_gmt: modified,
    date_paid: paid,
    date_paid_gmt: paid,
    date_completed: null,
    date_completed_gmt: null,
    ...buildTotals(order, lines, money),
    ...buildCustomer(order),
    payment_method: 'stripe',
    payment_method_title: 'Card',
    meta_data: buildMeta(order, touchIdOf),
    line_items: lines.map((line) => buildLine(line, money)),
    fee_lines: [],
    coupon_lines: buildCoupons(order, lines, money),
    refunds: [],
  };
}

/** The `_gmt` members are UTC without saying so. */
const gmt = (moment: Date): string => moment.toISOString().slice(0, 19);

const discountOf = (lines: readonly WooCommerceLine[]): bigint =>
  sum(lines.map(({ subtotal, total }) => subtotal - total));

function buildTotals({ shipping }: PlannedOrder, lines: WooCommerceLine[], money: WriteAmount): object {
  const cartTax = sum(lines.map(({ totalTax }) => totalTax));
  const net = sum(lines.map(({ total }) => total));
  return {
    discount_total: money(discountOf(lines)),
    discount_tax: money(0n),
    shipping_total: money(shipping.net),
    shipping_tax: money(shipping.tax),
    cart_tax: money(cartTax),
    total: money(net + cartTax + shipping.net + shipping.tax),
    total_tax: money(cartTax + shipping.tax),
  };
}

/** `price` is a float with noise on real shops too; nobody may read it. */
function buildLine(line: WooCommerceLine, money: WriteAmount): object {
  const { id, productId, title, quantity, subtotal, total, totalTax } = line;
  return {
    id,
    name: title,
    product_id: productId,
    variation_id: 0,
    quantity,
    tax_class: '',
    subtotal: money(subtotal),
    subtotal_tax: money(totalTax),
    total: money(total),
    total_tax: money(totalTax),
    taxes: [],
    meta_data: [],
    sku: `SKU-${productId}`,
    price: Number(money(total)) / quantity,
  };
}

/** WooCommerce keeps codes in lower case and writes the discount unformatted. */
function buildCoupons(
  { coupon, number }: PlannedOrder,
  lines: WooCommerceLine[],
  money: WriteAmount,
): object[] {
  if (!coupon) return [];
  const discount = String(Number(money(discountOf(lines))));
  return [{ id: number, code: coupon.code.toLowerCase(), discount, discount_tax: '0', meta_data: [] }];
}

/** What the plugin or WooCommerce itself kept since the click (woocommerce.md 4). */
function buildMeta({ clicks, shop, number }: PlannedOrder, touchIdOf: TouchIdOf): object[] {
  return clicks.flatMap((click) => {
    const entry = (key: string, value: string): object[] => [{ id: number, key, value }];
    switch (click.carrier) {
      case 'touch-id':
        return entry('_refledger_click_id', touchIdOf(click));
      case 'code':
        return entry('_refledger_ref', click.affiliate.code);
      case 'landing-page': {
        const landing = `https://${shop.domain}/?ref=${click.affiliate.code}`;
        return entry('_wc_order_attribution_session_entry', landing);
      }
      case 'visitor-key':
        return [];
    }
  });
}

function buildCustomer({ buyer }: PlannedOrder): object {
  const address = {
    first_name: buyer.firstName,
    last_name: buyer.lastName,
    company: '',
    address_1: buyer.street,
    address_2: '',
    city: buyer.city,
    state: '',
    postcode: buyer.postcode,
    country: buyer.country,
  };
  return {
    customer_id: buyer.customerId,
    billing: { ...address, email: buyer.email, phone: '' },
    shipping: { ...address, phone: '' },
  };
}
