import type { Delivery, Evidence } from '../../server/shared/delivery.ts';
import type { OrderSnapshot, Refund } from '../../server/shared/order.ts';
import type { Clue, Fact, OrderState, RefundState } from './facts.ts';

const NOBODY = {
  customerId: null,
  email: null,
  address: null,
  emailHash: null,
  addressHash: null,
  earlierOrders: null,
};

/** What a connector makes of a store's message: the fact in the product's words. */
export function toDelivery(
  fact: Extract<Fact, { kind: 'order' | 'refund' | 'removal' }>,
  touchId: (touch: string) => string,
): Delivery {
  const updatedAt = new Date(fact.updatedAt);
  const orderExternalId = fact.order;
  switch (fact.kind) {
    case 'refund':
      return { kind: 'refund', orderExternalId, refund: toRefund(fact.refund), updatedAt };
    case 'removal':
      return { kind: 'removal', orderExternalId, updatedAt, sequence: fact.sequence };
    case 'order':
      return {
        kind: 'order',
        snapshot: toSnapshot(fact.order, updatedAt, fact.state),
        evidence: fact.clues.map((clue, position) => toEvidence(clue, position, touchId)),
        buyer: { ...NOBODY, customerId: fact.buyer ?? null },
        sequence: fact.sequence,
      };
  }
}

function toEvidence(clue: Clue, position: number, touchId: (touch: string) => string): Evidence {
  switch (clue.kind) {
    case 'coupon':
      return { kind: 'coupon', code: clue.code.toUpperCase(), position };
    case 'code': {
      const statedAt = clue.statedAt === null ? null : new Date(clue.statedAt);
      return { kind: 'code', code: clue.affiliate, carrier: clue.carrier, statedAt };
    }
    case 'touch':
      return { kind: 'touch', touchId: touchId(clue.touch), carrier: 'cart attribute' };
    case 'visitor':
      return { kind: 'visitor', visitorKey: clue.visitor, carrier: 'cart attribute' };
  }
}

function toSnapshot(externalId: string, updatedAt: Date, state: OrderState): OrderSnapshot {
  const { currency, payment, cancelled, removed, test } = state;
  return {
    ...{ externalId, number: `#${externalId}`, currency, updatedAt, payment, cancelled, removed, test },
    createdAt: new Date(state.createdAt),
    paidAt: state.paidAt === null ? null : new Date(state.paidAt),
    status: cancelled ? 'cancelled' : payment,
    provisional: false,
    lines: state.lines.map(({ id, product: productId, categories: categoryIds, taxPpm, ...line }) => ({
      ...line,
      id,
      productId,
      categoryIds,
      title: 'Tea',
      quantity: 1,
      containedTaxPpm: taxPpm === null ? null : Number(taxPpm),
      removedUnits: 0,
    })),
    fees: state.fees.map((net, index) => ({ id: `fee-${index}`, net, tax: 0n })),
    refunds: state.refunds.map(toRefund),
    checkoutStartedAt: null,
    fulfilledAt: null,
    chargeback: 'none',
    shipping: { id: 'shipping', net: 0n, tax: 0n },
  };
}

function toRefund({ id, at, lines, amountOnly, made }: RefundState): Refund {
  return {
    ...{ id, amountOnly, made, shipping: 0n, shippingTax: null, fees: [], totalOnly: false },
    createdAt: new Date(at),
    lines: lines.map(({ line: lineId, net, tax }) => ({ lineId, quantity: 1, net, tax })),
  };
}
