import { parseMinorUnits } from '../../server/shared/minor-units.ts';
import type { OrderLine, OrderSnapshot, Refund } from '../../server/shared/order.ts';

const DAY_ONE = new Date('2026-10-01T10:00:00Z');

interface LineFacts {
  price: string;
  quantity?: number;
  discount?: string;
  tax?: string;
  taxIncluded?: boolean;
  containedTaxPpm?: number;
  giftCard?: boolean;
  productId?: string;
  categoryIds?: string[];
  removedUnits?: number;
}

interface RefundFacts {
  id?: string;
  lines?: Record<string, { net: string; tax?: string; quantity?: number }>;
  amountOnly?: string;
  shipping?: string;
  shippingTax?: string;
  fees?: Record<string, { net: string; tax?: string }>;
  made?: boolean;
  totalOnly?: boolean;
  at?: Date;
}

/** Builds an order snapshot in the words of a shop: decimal strings, lines named line-1, line-2 ... */
class OrderBuilder {
  private readonly order: OrderSnapshot;

  constructor(order: OrderSnapshot) {
    this.order = order;
  }

  private with(changes: Partial<OrderSnapshot>): OrderBuilder {
    return new OrderBuilder({ ...this.order, ...changes });
  }

  private read(decimal: string): bigint {
    return parseMinorUnits(decimal, this.order.currency);
  }

  in(currency: string): OrderBuilder {
    return this.with({ currency });
  }

  placedAt(createdAt: Date): OrderBuilder {
    return this.with({ createdAt, updatedAt: createdAt });
  }

  updatedAt(updatedAt: Date): OrderBuilder {
    return this.with({ updatedAt });
  }

  status(status: string, payment: OrderSnapshot['payment'] = this.order.payment): OrderBuilder {
    return this.with({ status, payment });
  }

  paid(): OrderBuilder {
    return this.with({ status: 'paid', payment: 'paid', paidAt: this.order.updatedAt });
  }

  cancelled(): OrderBuilder {
    return this.with({ status: 'cancelled', cancelled: true });
  }

  test(): OrderBuilder {
    return this.with({ test: true });
  }

  line(facts: LineFacts): OrderBuilder {
    const quantity = facts.quantity ?? 1;
    const line: OrderLine = {
      id: `line-${this.order.lines.length + 1}`,
      productId: facts.productId ?? null,
      categoryIds: facts.categoryIds ?? [],
      title: 'Thing',
      quantity,
      listed: this.read(facts.price) * BigInt(quantity),
      discount: this.read(facts.discount ?? '0'),
      tax: this.read(facts.tax ?? '0'),
      taxIncluded: facts.taxIncluded ?? false,
      containedTaxPpm: facts.containedTaxPpm ?? null,
      giftCard: facts.giftCard ?? false,
      removedUnits: facts.removedUnits ?? 0,
    };
    return this.with({ lines: [...this.order.lines, line] });
  }

  fee(net: string, tax = '0'): OrderBuilder {
    const fee = { id: `fee-${this.order.fees.length + 1}`, net: this.read(net), tax: this.read(tax) };
    return this.with({ fees: [...this.order.fees, fee] });
  }

  shipping(net: string, tax = '0'): OrderBuilder {
    return this.with({ shipping: { id: 'shipping', net: this.read(net), tax: this.read(tax) } });
  }

  chargeback(chargeback: OrderSnapshot['chargeback']): OrderBuilder {
    return this.with({ chargeback });
  }

  refund(facts: RefundFacts): OrderBuilder {
    const number = this.order.refunds.length + 1;
    const refund: Refund = {
      id: facts.id ?? `refund-${number}`,
      createdAt: facts.at ?? new Date(this.order.createdAt.getTime() + number * 60_000),
      lines: Object.entries(facts.lines ?? {}).map(([lineId, { net, tax, quantity }]) => ({
        lineId,
        quantity: quantity ?? 1,
        net: this.read(net),
        tax: this.read(tax ?? '0'),
      })),
      amountOnly: this.read(facts.amountOnly ?? '0'),
      shipping: this.read(facts.shipping ?? '0'),
      shippingTax: facts.shippingTax === undefined ? null : this.read(facts.shippingTax),
      fees: Object.entries(facts.fees ?? {}).map(([id, { net, tax }]) => ({
        id,
        net: this.read(net),
        tax: this.read(tax ?? '0'),
      })),
      made: facts.made ?? true,
      totalOnly: facts.totalOnly ?? false,
    };
    return this.with({ refunds: [...this.order.refunds, refund] });
  }

  build(): OrderSnapshot {
    return this.order;
  }
}

/** An unpaid order in EUR without lines. */
export function anOrder(externalId = '1001'): OrderBuilder {
  return new OrderBuilder({
    externalId,
    number: `#${externalId}`,
    currency: 'EUR',
    createdAt: DAY_ONE,
    updatedAt: DAY_ONE,
    status: 'pending',
    payment: 'unpaid',
    paidAt: null,
    cancelled: false,
    removed: false,
    test: false,
    provisional: false,
    lines: [],
    fees: [],
    refunds: [],
    checkoutStartedAt: null,
    fulfilledAt: null,
    chargeback: 'none',
    shipping: { id: 'shipping', net: 0n, tax: 0n },
  });
}
