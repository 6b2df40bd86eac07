import { sum } from '../../shared/money.ts';
import { PPM } from '../../shared/rates.ts';
import type { PlannedOrder, Stage } from '../plan/month-plan.ts';
import { measureRefund, momentOf, refundOf, totalOf } from '../plan/order-facts.ts';
import { buildShopifyLine } from './build-shopify-line.ts';
import { buildShopifyRefund } from './build-shopify-refund.ts';
import type { TouchIdOf } from './connected-shop.ts';
import { shopifyMoney, shopifyTime } from './shopify-money.ts';

const ONE_PERCENT = PPM / 100;

/** The body of orders/create, orders/paid, orders/updated and orders/cancelled: always the whole order. */
export function buildShopifyOrder(order: PlannedOrder, stage: Stage, touchIdOf: TouchIdOf): object {
  const { shop, number, placedAt } = order;
  const changed = stage === 'changed' ? order.change : null;
  const refund = refundOf(order);
  return {
    id: order.externalId,
    admin_graphql_api_id: `gid://shopify/Order/${order.externalId}`,
    name: `#${number}`,
    order_number: number,
    confirmed: true,
    test: false,
    source_name: 'web',
    created_at: shopifyTime(placedAt),
    processed_at: shopifyTime(placedAt),
    updated_at: shopifyTime(momentOf(order, stage)),
    cancelled_at: changed?.kind === 'cancel' ? shopifyTime(changed.at) : null,
    cancel_reason: changed?.kind === 'cancel' ? 'customer' : null,
    financial_status: financialStatus(order, stage),
    fulfillment_status: null,
    currency: shop.currency,
    presentment_currency: shop.currency,
    taxes_included: shop.taxIncluded,
    ...buildTotals(order),
    line_items: order.lines.map((line) => buildShopifyLine(line, order, stage)),
    ...buildDiscount(order),
    ...buildTraces(order, touchIdOf),
    ...buildCustomer(order),
    refunds: changed && refund ? [buildShopifyRefund(refund, order)] : [],
  };
}

function financialStatus(order: PlannedOrder, stage: Stage): string {
  if (stage !== 'changed') return stage === 'paid' ? 'paid' : 'pending';
  const refund = refundOf(order);
  if (refund) return measureRefund(refund, order) >= totalOf(order) ? 'refunded' : 'partially_refunded';
  return order.change?.kind === 'cancel' ? 'voided' : 'paid';
}

/** The totals of the order as it was placed: refunds and edits do not touch them. */
function buildTotals(order: PlannedOrder): object {
  const { lines, shipping, shop } = order;
  const money = shopifyMoney(shop.currency);
  const both = (name: string, amount: bigint): object => ({
    [name]: money.scalar(amount),
    [`${name}_set`]: money.set(amount),
  });
  const listed = sum(lines.map((line) => line.listed));
  const discounts = sum(lines.map((line) => line.discount));
  const shippingPrice = shop.taxIncluded ? shipping.net + shipping.tax : shipping.net;
  return {
    ...both('total_line_items_price', listed),
    ...both('total_discounts', discounts),
    ...both('subtotal_price', listed - discounts),
    ...both('total_tax', sum(lines.map(({ tax }) => tax)) + shipping.tax),
    ...both('total_price', totalOf(order)),
    total_shipping_price_set: money.set(shippingPrice),
    shipping_lines: [
      {
        title: 'Standard',
        price: money.scalar(shippingPrice),
        discounted_price_set: money.set(shippingPrice),
      },
    ],
  };
}

function buildDiscount({ coupon, lines, shop }: PlannedOrder): object {
  if (!coupon) return { discount_codes: [], discount_applications: [] };
  const amount = shopifyMoney(shop.currency).scalar(sum(lines.map(({ discount }) => discount)));
  const application = {
    type: 'discount_code',
    code: coupon.code,
    value: `${coupon.discountPpm / ONE_PERCENT}.0`,
    value_type: 'percentage',
    allocation_method: 'across',
    target_selection: 'all',
    target_type: 'line_item',
  };
  return {
    discount_codes: [{ code: coupon.code, amount, type: 'percentage' }],
    discount_applications: [application],
  };
}

/** What the storefront and the checkout kept of the buyer's way here (shopify.md 5). */
function buildTraces({ clicks, shop }: PlannedOrder, touchIdOf: TouchIdOf): object {
  const marks = clicks.flatMap((click) => {
    if (click.carrier === 'touch-id') return [{ name: '_aff_click', value: touchIdOf(click) }];
    return click.carrier === 'code' ? [{ name: '_aff_ref', value: click.affiliate.code }] : [];
  });
  const landing = clicks.find(({ carrier }) => carrier === 'landing-page');
  return {
    note_attributes: marks,
    landing_site: landing ? `/?ref=${landing.affiliate.code}` : '/',
    landing_site_ref: landing?.affiliate.code ?? null,
    referring_site: '',
    order_status_url: `https://${shop.domain}/orders/status`,
  };
}

function buildCustomer({ buyer }: PlannedOrder): object {
  const { customerId, email, firstName, lastName } = buyer;
  const names = { first_name: firstName, last_name: lastName };
  const address = {
    ...names,
    name: `${firstName} ${lastName}`,
    address1: buyer.street,
    address2: null,
    city: buyer.city,
    zip: buyer.postcode,
    country_code: buyer.country,
    phone: null,
  };
  return {
    email,
    contact_email: email,
    customer: { id: customerId, email, ...names, verified_email: true },
    billing_address: address,
    shipping_address: address,
  };
}
