import type { PlannedOrder } from '../plan/month-plan.ts';
import { measureRefund, type PlannedRefund } from '../plan/order-facts.ts';
import { buildShopifyLine } from './build-shopify-line.ts';
import { shopifyMoney, shopifyTime } from './shopify-money.ts';

/** The body of refunds/create, and a member of an order's `refunds` (shopify.md 9). */
export function buildShopifyRefund(refund: PlannedRefund, order: PlannedOrder): object {
  const { currency } = order.shop;
  const amount = shopifyMoney(currency).scalar(measureRefund(refund, order));
  const transaction = { kind: 'refund', status: 'success', gateway: 'shopify_payments', amount, currency };
  return {
    id: refund.refundId,
    admin_graphql_api_id: `gid://shopify/Refund/${refund.refundId}`,
    order_id: order.externalId,
    created_at: shopifyTime(refund.at),
    processed_at: shopifyTime(refund.at),
    note: null,
    restock: refund.kind === 'refund-line',
    user_id: null,
    refund_line_items: buildRefundLines(refund, order),
    order_adjustments: buildAdjustments(refund, order),
    transactions: [
      {
        ...transaction,
        id: refund.refundId + 1,
        order_id: order.externalId,
        created_at: shopifyTime(refund.at),
      },
    ],
  };
}

function buildRefundLines(refund: PlannedRefund, order: PlannedOrder): object[] {
  if (refund.kind !== 'refund-line') return [];
  const line = order.lines.find(({ id }) => id === refund.lineId);
  const money = shopifyMoney(order.shop.currency);
  return [
    {
      id: refund.refundId + 2,
      line_item_id: refund.lineId,
      quantity: refund.quantity,
      restock_type: 'return',
      subtotal: money.scalar(refund.net),
      subtotal_set: money.set(refund.net),
      total_tax: money.scalar(refund.tax),
      total_tax_set: money.set(refund.tax),
      line_item: line && buildShopifyLine(line, order, 'changed'),
    },
  ];
}

/** What was given back for no line is booked as a negative adjustment. */
function buildAdjustments(refund: PlannedRefund, order: PlannedOrder): object[] {
  const { net, tax } = order.shipping;
  switch (refund.kind) {
    case 'refund-line':
      return [];
    case 'refund-amount':
      return [buildAdjustment('refund_discrepancy', 'Refund discrepancy', refund.amount, 0n, refund, order)];
    case 'refund-shipping':
      return [buildAdjustment('shipping_refund', 'Shipping refund', net, tax, refund, order)];
  }
}

function buildAdjustment(
  kind: string,
  reason: string,
  amount: bigint,
  tax: bigint,
  refund: PlannedRefund,
  order: PlannedOrder,
): object {
  const money = shopifyMoney(order.shop.currency);
  return {
    id: refund.refundId + 3,
    order_id: order.externalId,
    refund_id: refund.refundId,
    kind,
    reason,
    amount: money.scalar(-amount),
    amount_set: money.set(-amount),
    tax_amount: money.scalar(-tax),
    tax_amount_set: money.set(-tax),
  };
}
