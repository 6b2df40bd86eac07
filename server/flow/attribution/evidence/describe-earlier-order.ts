import { scale, sum } from '../../../shared/money.ts';
import type { OrderLine, OrderSnapshot } from '../../../shared/order.ts';
import type { Order } from '../../ingest/index.ts';
import type { Decision, EarlierOrder } from '../decision/decision.ts';

/** An order as later orders of its buyer see it, whenever they are placed. */
export interface OrderFacts extends Omit<EarlierOrder, 'fullyRefunded'> {
  /** When the refund was made that left nothing of the goods; null = something is left. */
  fullyRefundedAt: Date | null;
}

/**
 * What later orders of the same buyer read of an order (S8, customer binding). Undefined for an order that is not
 * known yet and for a platform's test order, which is nobody's purchase.
 */
export function describeOrderFacts(
  { _id: orderId, storeId, externalId, placedAt, versions }: Order,
  credited: EarlierOrder['credited'],
): OrderFacts | undefined {
  const snapshot = versions.at(-1)?.snapshot;
  if (placedAt === null || !snapshot || snapshot.test) return undefined;
  return {
    orderId,
    storeId,
    externalId,
    number: snapshot.number,
    placedAt,
    paid: snapshot.payment === 'paid',
    fullyRefundedAt: findFullRefund(snapshot),
    credited,
  };
}

/** The same as of T of a later order: refunds made afterwards are not known then (S8). */
export function describeEarlierOrder(
  { fullyRefundedAt, ...facts }: OrderFacts,
  placedAt: Date,
): EarlierOrder {
  return { ...facts, fullyRefunded: fullyRefundedAt !== null && fullyRefundedAt <= placedAt };
}

/** Whom an order is credited to, as later orders see it. */
export function creditedTo(decision: Pick<Decision, 'winner'> | undefined): EarlierOrder['credited'] {
  const winner = decision?.winner;
  return winner ? { programId: winner.programId, affiliateId: winner.affiliateId } : null;
}

/** Gross against gross, shipping aside. An order that cost nothing has nothing to give back. */
function findFullRefund({ lines, fees, refunds }: OrderSnapshot): Date | null {
  const goods =
    sum(lines.map(grossOf)) + sum(fees.filter(({ net }) => net < 0n).map(({ net, tax }) => net + tax));
  if (goods <= 0n) return null;
  let left = goods;
  const made = refunds.filter((refund) => refund.made);
  for (const refund of made.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
    left -= refund.amountOnly + sum(refund.lines.map(({ net, tax }) => net + tax));
    if (left <= 0n) return refund.createdAt;
  }
  return null;
}

/** What the buyer owes for a line, without the units that an edit took off. */
function grossOf({ listed, discount, tax, taxIncluded, quantity, removedUnits }: OrderLine): bigint {
  const gross = listed - discount + (taxIncluded ? 0n : tax);
  return removedUnits > 0 ? scale(gross, BigInt(quantity - removedUnits), BigInt(quantity)) : gross;
}
