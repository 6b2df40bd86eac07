import fc from 'fast-check';
import { applyDelivery } from '../../server/flow/ingest/apply-delivery.ts';
import { createParkedOrder } from '../../server/flow/ingest/create-parked-order.ts';
import type { Order } from '../../server/flow/ingest/index.ts';
import type { Commission, CommissionPosting } from '../../server/flow/commissions/index.ts';
import { blankCommission } from '../../server/flow/commissions/commission.model.ts';
import type { CreditedSale } from '../../server/flow/commissions/posting/credited-sale.ts';
import { postVersions } from '../../server/flow/commissions/posting/post-versions.ts';
import type { Delivery } from '../../server/shared/delivery.ts';
import type { OrderLine, OrderSnapshot, Refund } from '../../server/shared/order.ts';
import type { ProgramRulesVersion } from '../../server/shared/program-rules.ts';
import { PPM } from '../../server/shared/rates.ts';
import { anOrder } from '../support/an-order.ts';

export const START = Date.UTC(2026, 9, 1);
const MINUTE = 60_000;
const NOW = new Date(START + 24 * 60 * MINUTE);

/** What happens to an order in its shop. */
export interface Change {
  kind: 'refund-lines' | 'refund-amount' | 'edit' | 'cancel' | 'reopen' | 'pay';
  size: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('refund-lines', 'refund-amount', 'refund-lines', 'edit', 'cancel', 'reopen', 'pay'),
  size: fc.nat(3_000),
});

/** An order's true versions, oldest first, each a minute younger than the one before. */
export const history: fc.Arbitrary<OrderSnapshot[]> = fc
  .tuple(
    fc.array(fc.nat(5_000), { minLength: 1, maxLength: 2 }),
    fc.array(change, { minLength: 1, maxLength: 4 }),
  )
  .map(([prices, changes]) => {
    const { lines: _lines, ...blank } = anOrder().placedAt(new Date(START)).build();
    const versions: OrderSnapshot[] = [{ ...blank, lines: prices.map(aLine) }];
    for (const one of changes) versions.push(changed(versions, one));
    return versions;
  });

function aLine(price: number, index: number): OrderLine {
  return {
    ...{ id: `l${index}`, productId: null, categoryIds: [], title: 'Tea', quantity: 1 },
    listed: BigInt(price),
    discount: BigInt(price % 7),
    tax: BigInt(Math.floor(price / 6)),
    ...{ taxIncluded: price % 2 === 1, containedTaxPpm: null, giftCard: false, removedUnits: 0 },
  };
}

function changed(versions: OrderSnapshot[], { kind, size }: Change): OrderSnapshot {
  const before = versions.at(-1) as OrderSnapshot;
  const updatedAt = new Date(START + versions.length * MINUTE);
  const next = { ...before, updatedAt };
  switch (kind) {
    case 'pay':
      return { ...next, status: 'paid', payment: 'paid', paidAt: updatedAt };
    case 'cancel':
    case 'reopen':
      return { ...next, cancelled: kind === 'cancel' };
    case 'edit':
      return { ...next, lines: before.lines.map((line, index) => (index === 0 ? aLine(size, 0) : line)) };
    case 'refund-lines':
    case 'refund-amount':
      return { ...next, refunds: [...before.refunds, aRefund(before, updatedAt, kind, size)] };
  }
}

function aRefund({ lines, refunds }: OrderSnapshot, createdAt: Date, kind: string, size: number): Refund {
  const amount = BigInt(size);
  const line = lines[size % lines.length];
  const byLine = kind === 'refund-lines' && line;
  return {
    ...{ id: `r${refunds.length}`, createdAt, made: true, totalOnly: false },
    ...{ shipping: 0n, shippingTax: null, fees: [] },
    amountOnly: byLine ? 0n : amount,
    lines: byLine ? [{ lineId: line.id, quantity: 1, net: amount, tax: amount / 5n }] : [],
  };
}

/** A version as the shop sends it; a version that added a refund may send that refund alone. */
export function tell(versions: OrderSnapshot[], index: number, alone: boolean): Delivery {
  const snapshot = versions[index] as OrderSnapshot;
  const { updatedAt } = snapshot;
  const refund = snapshot.refunds.at(-1);
  if (alone && refund?.createdAt === updatedAt)
    return { kind: 'refund', orderExternalId: snapshot.externalId, refund, updatedAt };
  return { kind: 'order', snapshot, evidence: [], buyer: NOBODY, sequence: null };
}

const NOBODY = {
  ...{ customerId: null, email: null, address: null },
  ...{ emailHash: null, addressHash: null, earlierOrders: null },
};

/** A sale that is credited to Anna at a rate, in the way in which decisions reach the commissions. */
export function creditedTo(
  affiliateId: string,
  ratePpm: number,
): CreditedSale & { rules: ProgramRulesVersion } {
  const touch = {
    class: 'link',
    carrier: 'link',
    at: new Date(START),
    code: null,
    affiliateName: affiliateId,
  };
  const share = { affiliateName: affiliateId, class: 'link', sharePpm: PPM };
  const rules = [{ id: 'rate', kind: 'percent', args: { ratePpm }, scope: {} }];
  return {
    ...{ decision: 1, engineVersion: 2, losers: [], groupId: null, ownCodes: [], settingsVersion: 1 },
    ...{ hold: null, terms: null, shares: [{ ...share, affiliateId, programId: 'p' }] },
    winner: { ...touch, affiliateId, programId: 'p' },
    rules: { version: 1, effectiveFrom: new Date(0), rules },
  };
}

/** An order and its postings, through the product's pure steps: delivery by delivery. */
export class PostedOrder {
  order: Order = createParkedOrder(
    { merchantId: 'm', storeId: 's', externalId: '1' },
    'order',
    new Date(START),
  );
  private ids = 0;
  known: Commission = blankCommission('m', 'order');

  get postings(): CommissionPosting[] {
    return this.known.postings;
  }

  receive(delivery: Delivery, key: string): this {
    if (delivery.kind === 'nothing') return this;
    const told = { merchantId: 'm', storeId: 's', channel: 'webhook' as const, key, delivery, buyer: null };
    const outcome = applyDelivery(this.order, told, NOW);
    if (!outcome.known) this.order = outcome.order;
    return this;
  }

  post(sale: CreditedSale): this {
    if (this.order.versions.length === 0) return this;
    this.known = postVersions(this.order, sale, this.known, { now: NOW, newId: () => this.newId() });
    return this;
  }

  newId(): string {
    return `posting-${(this.ids += 1)}`;
  }
}
