import type { BuyerIdentity, Delivery, Evidence } from '../../../shared/delivery.ts';
import type { OrderLine, OrderSnapshot } from '../../../shared/order.ts';

/** What ISO 4217 calls a transaction in which no currency is involved. */
const NO_CURRENCY = 'XXX';

/** A sale or a lead, as a program of the merchant or a page of the shop tells it. Amounts in minor units, net. */
export interface ToldConversion {
  kind: 'sale' | 'lead';
  externalId: string;
  amount?: { amount: bigint; currency: string } | undefined;
  lines?: ToldLine[] | undefined;
  code?: string | null | undefined;
  touchId?: string | null | undefined;
  visitorKey?: string | null | undefined;
  coupon?: string | undefined;
  status?: 'open' | 'cancelled';
  /** Undefined: not told; what was told last holds (S7). */
  paid?: boolean | undefined;
  customer?: { id?: string | undefined; email?: string | undefined } | undefined;
  sequence?: number | undefined;
}

interface ToldLine {
  productId?: string | undefined;
  categoryIds: string[];
  title: string;
  quantity: number;
  amount: bigint;
}

/** Under which id a conversion is an order of its store: a sale and a lead may have the same number. */
export function nameConversion({ kind, externalId }: Pick<ToldConversion, 'kind' | 'externalId'>): string {
  return kind === 'lead' ? `lead/${externalId}` : externalId;
}

/**
 * What a conversion means: the whole state of an order (S2), with goods alone. A lead has no lines, so that it is
 * credited and posts 0 (S5).
 * @param carrier where its evidence was found, for people; a bare code of the carrier "pixel" is of that class (S3)
 */
export function translateConversion(
  told: ToldConversion,
  { createdAt, updatedAt, carrier }: { createdAt: Date; updatedAt: Date; carrier: 'API' | 'pixel' },
): Extract<Delivery, { kind: 'order' }> {
  const snapshot: OrderSnapshot = {
    kind: told.kind,
    externalId: nameConversion(told),
    number: told.externalId,
    currency: told.amount?.currency ?? NO_CURRENCY,
    createdAt,
    updatedAt,
    status: told.status ?? 'open',
    payment: told.paid === undefined ? 'unknown' : told.paid ? 'paid' : 'unpaid',
    paidAt: null,
    cancelled: told.status === 'cancelled',
    removed: false,
    test: false,
    provisional: false,
    lines: told.kind === 'lead' ? [] : translateLines(told),
    fees: [],
    refunds: [],
    checkoutStartedAt: null,
    fulfilledAt: null,
    chargeback: 'none',
    shipping: { id: 'shipping', net: 0n, tax: 0n },
  };
  const sequence = told.sequence ?? null;
  return {
    kind: 'order',
    snapshot,
    evidence: collectEvidence(told, carrier),
    buyer: readBuyer(told),
    sequence,
  };
}

function translateLines({ lines, amount }: ToldConversion): OrderLine[] {
  const whole: ToldLine = { categoryIds: [], title: '', quantity: 1, amount: amount?.amount ?? 0n };
  return (lines ?? [whole]).map(({ productId, categoryIds, title, quantity, amount: listed }, index) => ({
    id: String(index + 1),
    productId: productId ?? null,
    categoryIds,
    title,
    quantity,
    listed,
    discount: 0n,
    tax: 0n,
    taxIncluded: false,
    containedTaxPpm: null,
    giftCard: false,
    removedUnits: 0,
  }));
}

function collectEvidence({ coupon, touchId, visitorKey, code }: ToldConversion, carrier: string): Evidence[] {
  const evidence: Evidence[] = [];
  if (coupon) evidence.push({ kind: 'coupon', code: coupon, position: 0 });
  if (touchId) evidence.push({ kind: 'touch', touchId, carrier });
  if (visitorKey) evidence.push({ kind: 'visitor', visitorKey, carrier });
  if (code) evidence.push({ kind: 'code', code, carrier, statedAt: null });
  return evidence;
}

function readBuyer({ customer }: ToldConversion): BuyerIdentity {
  return {
    customerId: customer?.id ?? null,
    email: customer?.email ?? null,
    address: null,
    emailHash: null,
    addressHash: null,
    earlierOrders: null,
  };
}
