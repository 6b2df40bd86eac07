import { SECOND } from '../../shared/clock.ts';
import type { BuyerIdentity, Delivery, Evidence } from '../../shared/delivery.ts';
import { parseMinorUnits } from '../../shared/minor-units.ts';
import { sum } from '../../shared/money.ts';
import type { OrderLine, OrderSnapshot, Refund } from '../../shared/order.ts';
import type { SignedEvent, SignedOrder } from './signed-event.schema.ts';

const DRAFTS = new Set(['checkout-draft', 'auto-draft', 'draft']);
const DEAD = new Set(['cancelled', 'failed']);

type ReadAmount = (decimal: string) => bigint;

/**
 * What one of our own signed events means.
 * @throws RangeError for an amount that its currency cannot hold and for an unknown currency.
 */
export function translateSignedEvent(event: SignedEvent): Delivery {
  switch (event.type) {
    case 'plugin.heartbeat':
      return { kind: 'nothing', reason: 'a heartbeat' };
    case 'coupon.changed':
    case 'coupon.removed':
      return { kind: 'nothing', reason: 'a coupon is no order' };
    case 'customer.erased':
      return { kind: 'nothing', reason: 'a request to be forgotten' };
    case 'order.removed':
      return {
        kind: 'removal',
        orderExternalId: event.orderId,
        updatedAt: toTheSecond(event.occurredAt),
        sequence: event.sequence,
      };
    case 'order.upsert':
      if (DRAFTS.has(event.order.status)) return { kind: 'nothing', reason: 'a draft is not an order yet' };
      return {
        kind: 'order',
        snapshot: translateOrder(event.order),
        evidence: collectEvidence(event.order),
        buyer: identifyBuyer(event.order),
        sequence: event.sequence,
        checkoutToken: event.order.checkoutToken ?? null,
      };
  }
}

function translateOrder(order: SignedOrder): OrderSnapshot {
  const read: ReadAmount = (decimal) => parseMinorUnits(decimal, order.currency);
  const { id, number, status, currency, createdAt, updatedAt, test } = order;
  const goods = order.lines.filter(({ total }) => !total.startsWith('-'));
  const discounts = order.lines.filter(({ total }) => total.startsWith('-'));
  return {
    externalId: id,
    number,
    currency,
    createdAt,
    updatedAt,
    status,
    payment: readPayment(order),
    paidAt: order.paidAt ?? null,
    cancelled: DEAD.has(status),
    removed: false,
    test,
    provisional: false,
    lines: goods.map((line) => translateLine(line, read)),
    fees: [...order.fees, ...discounts].map((fee) => ({
      id: fee.id,
      net: read(fee.total),
      tax: read(fee.totalTax),
    })),
    refunds: order.refunds.map((refund) => translateRefund(refund, order, read)),
    checkoutStartedAt: order.checkoutStartedAt ?? null,
    fulfilledAt: order.fulfilledAt ?? null,
    chargeback: order.chargeback,
    shipping: {
      id: 'shipping',
      net: read(order.shipping?.total ?? '0'),
      tax: read(order.shipping?.totalTax ?? '0'),
    },
  };
}

/** S7: cancelled and failed are void; a status that the shop cannot judge keeps the last payment state. */
function readPayment({ status, isPaid }: SignedOrder): OrderSnapshot['payment'] {
  if (DEAD.has(status)) return 'void';
  if (isPaid === null) return 'unknown';
  return isPaid ? 'paid' : 'unpaid';
}

function translateLine(line: SignedOrder['lines'][number], read: ReadAmount): OrderLine {
  const { id, productId, categoryIds, title, quantity, giftCard } = line;
  const listed = read(line.subtotal);
  return {
    id,
    productId: productId ?? null,
    categoryIds,
    title,
    quantity,
    listed,
    discount: listed - read(line.total),
    tax: read(line.totalTax),
    taxIncluded: false,
    containedTaxPpm: null,
    giftCard,
    removedUnits: 0,
  };
}

/**
 * What is left of the amount after lines and shipping names no line: it is spread over the goods (S6). So is
 * what names a line that the order does not have, for example one that an edit removed.
 */
function translateRefund(
  refund: SignedOrder['refunds'][number],
  order: SignedOrder,
  read: ReadAmount,
): Refund {
  const isGoods = ({ lineId }: { lineId: string }): boolean => order.lines.some(({ id }) => id === lineId);
  const isFee = ({ lineId }: { lineId: string }): boolean => order.fees.some(({ id }) => id === lineId);
  const lines = refund.lines.filter(isGoods).map(({ lineId, quantity, total, totalTax }) => ({
    lineId,
    quantity,
    net: read(total),
    tax: read(totalTax),
  }));
  const shipping = read(refund.shipping);
  const shippingTax = typeof refund.shippingTax === 'string' ? read(refund.shippingTax) : null;
  const fees = refund.lines.filter(isFee).map(({ lineId, total, totalTax }) => ({
    id: lineId,
    net: read(total),
    tax: read(totalTax),
  }));
  const rest = read(refund.amount) - shipping - sum([...lines, ...fees].map(({ net, tax }) => net + tax));
  return {
    id: refund.id,
    createdAt: refund.createdAt,
    lines,
    amountOnly: rest > 0n ? rest : 0n,
    shipping,
    shippingTax,
    fees,
    made: true,
    totalOnly: false,
  };
}

/** Shops count their updated-at in seconds; a removal of the same second must not outlive a restore. */
function toTheSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / SECOND) * SECOND);
}

function collectEvidence({ coupons, referral }: SignedOrder): Evidence[] {
  const evidence: Evidence[] = coupons.map((code, position) => ({ kind: 'coupon', code, position }));
  if (!referral) return evidence;
  const { code, touchId, visitorKey, source: carrier, landedAt } = referral;
  if (touchId) evidence.push({ kind: 'touch', touchId, carrier });
  if (visitorKey) evidence.push({ kind: 'visitor', visitorKey, carrier });
  if (code) evidence.push({ kind: 'code', code, carrier, statedAt: landedAt ?? null });
  return evidence;
}

function identifyBuyer({ customer }: SignedOrder): BuyerIdentity {
  return {
    customerId: customer?.id ?? null,
    email: customer?.email ?? null,
    address: null,
    emailHash: customer?.emailHash ?? null,
    addressHash: customer?.addressHash ?? null,
    ip: customer?.ip ?? null,
    ipHash: customer?.ipHash ?? null,
    paymentAccount: customer?.paymentAccount ?? null,
    paymentAccountHash: customer?.paymentAccountHash ?? null,
    earlierOrders: customer?.paidOrdersBefore ?? null,
  };
}
