import { formatMinorUnits } from '../../shared/minor-units.ts';
import type { PlannedOrder } from '../plan/month-plan.ts';
import { measureRefund, refundOf } from '../plan/order-facts.ts';

/** The refunds of an order after its change, as `orders/{id}/refunds` lists them; parts are negative (woocommerce.md 7). */
export function buildWooCommerceRefunds(order: PlannedOrder): object[] {
  const refund = refundOf(order);
  if (!refund) return [];
  const money = (amount: bigint): string => formatMinorUnits(amount, order.shop.currency);
  const { refundId, at, kind } = refund;
  const part = (id: number, net: bigint, tax: bigint): object => ({
    id,
    total: money(-net),
    total_tax: money(-tax),
    meta_data: [{ id, key: '_refunded_item_id', value: String(kind === 'refund-line' ? refund.lineId : id) }],
  });
  return [
    {
      id: refundId,
      date_created_gmt: at.toISOString().slice(0, 19),
      amount: money(measureRefund(refund, order)),
      reason: '',
      line_items:
        kind === 'refund-line'
          ? [{ ...part(refundId, refund.net, refund.tax), quantity: -refund.quantity }]
          : [],
      shipping_lines:
        kind === 'refund-shipping' ? [part(refundId, order.shipping.net, order.shipping.tax)] : [],
      fee_lines: [],
    },
  ];
}
