import type { OrderSnapshot, Refund } from '../../shared/order.ts';
import { comparePositions } from './compare-positions.ts';
import type { Order } from './order.model.ts';

/**
 * The order as it stands (S6): the newest snapshot, with the refunds that came alone and that it cannot know
 * yet, with the lines of refunds of which it tells only a total, with a removal that is newer, and with the
 * last payment state under a status that we do not know (S7). Undefined while no snapshot is known (parked).
 */
export function deriveCurrentOrder(order: Order): OrderSnapshot | undefined {
  if (!order.newest) return undefined;
  const { snapshot, position } = order.newest;
  const removed = order.removal !== null && comparePositions(order.removal, position) >= 0;
  return {
    ...snapshot,
    ...(snapshot.payment === 'unknown' && lastKnownPayment(order)),
    removed: snapshot.removed || removed,
    refunds: mergeRefunds(snapshot, order.refunds),
  };
}

function lastKnownPayment({ payment }: Order): Pick<OrderSnapshot, 'payment' | 'paidAt'> | null {
  return payment && { payment: payment.state, paidAt: payment.paidAt };
}

function mergeRefunds(snapshot: OrderSnapshot, known: Order['refunds']): Refund[] {
  const knownById = new Map(known.map((entry) => [entry.refund.id, entry]));
  const told = snapshot.refunds.map((refund) => {
    const entry = knownById.get(refund.id);
    return entry && (refund.totalOnly || entry.updatedAt > snapshot.updatedAt) ? entry.refund : refund;
  });
  const toldIds = new Set(told.map(({ id }) => id));
  const alone = known
    .filter(
      ({ refund, cameAlone }) =>
        cameAlone && !toldIds.has(refund.id) && refund.createdAt >= snapshot.updatedAt,
    )
    .map(({ refund }) => refund);
  return [...told, ...alone].sort(byTime);
}

const byTime = (a: Refund, b: Refund): number =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
