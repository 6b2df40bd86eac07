import { formatMinorUnits } from '../../shared/minor-units.ts';
import type { PlannedDelivery, PlannedOrder } from '../plan/month-plan.ts';
import { measureRefund, momentOf, refundOf } from '../plan/order-facts.ts';
import type { TouchIdOf } from './connected-shop.ts';
import { linesAt, statusAt } from './woocommerce-lines.ts';

/** One event of `POST /hooks/v1/events/:storeId`: the whole order as it is at the delivery's stage. */
export function buildSignedEvent({ order, stage, sequence }: PlannedDelivery, touchIdOf: TouchIdOf): object {
  const { buyer, coupon, number, shop } = order;
  const updatedAt = momentOf(order, stage).toISOString();
  const money = (amount: bigint): string => formatMinorUnits(amount, shop.currency);
  const isPaid = stage !== 'placed' && order.paidAt !== null;
  return {
    eventId: `order-${number}-event-${sequence}`,
    type: 'order.upsert',
    occurredAt: updatedAt,
    sequence,
    order: {
      id: String(order.externalId),
      number: `#${number}`,
      status: statusAt(order, stage),
      isPaid,
      currency: shop.currency,
      createdAt: order.placedAt.toISOString(),
      updatedAt,
      paidAt: isPaid ? (order.paidAt?.toISOString() ?? null) : null,
      lines: linesAt(order, stage).map(({ id, productId, title, quantity, subtotal, total, totalTax }) => ({
        id: String(id),
        productId: String(productId),
        title,
        quantity,
        subtotal: money(subtotal),
        total: money(total),
        totalTax: money(totalTax),
      })),
      refunds: stage === 'changed' ? buildRefunds(order, money) : [],
      coupons: coupon ? [coupon.code.toLowerCase()] : [],
      referral: buildReferral(order, touchIdOf),
      customer: { id: String(buyer.customerId), email: buyer.email },
    },
  };
}

function buildRefunds(order: PlannedOrder, money: (amount: bigint) => string): object[] {
  const refund = refundOf(order);
  if (!refund) return [];
  const amount = measureRefund(refund, order);
  const lines =
    refund.kind === 'refund-line'
      ? [
          {
            lineId: String(refund.lineId),
            quantity: refund.quantity,
            total: money(refund.net),
            totalTax: money(refund.tax),
          },
        ]
      : [];
  const shipping = refund.kind === 'refund-shipping' ? amount : 0n;
  const { refundId, at } = refund;
  return [
    {
      id: String(refundId),
      createdAt: at.toISOString(),
      amount: money(amount),
      lines,
      shipping: money(shipping),
    },
  ];
}

/** What the plugin kept for the buyer since the click. */
function buildReferral({ clicks }: PlannedOrder, touchIdOf: TouchIdOf): object | null {
  const click = clicks.at(-1);
  switch (click?.carrier) {
    case 'touch-id':
      return { touchId: touchIdOf(click), source: 'cookie' };
    case 'code':
      return { code: click.affiliate.code, source: 'cookie', landedAt: click.at.toISOString() };
    case 'visitor-key':
      return { visitorKey: click.visitorKey, source: 'cookie' };
    case 'landing-page':
    case undefined:
      return null;
  }
}
