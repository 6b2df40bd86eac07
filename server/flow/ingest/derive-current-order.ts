import type { OrderSnapshot, Refund } from '../../shared/order.ts';
import { comparePositions } from './compare-positions.ts';
import type { Order } from './order.model.ts';

/**
 * The order as it stands: the newest snapshot, with the refunds that came alone and that it cannot know
 * yet, with the last payment state under a status that we do not know (S7), with the lines of refunds of which it tells only a total, and with a removal that is newer (S6).
 * Undefined while no snapshot is known (parked).
 */
export function deriveCurrentOrder(order: Order): OrderSnapshot | undefined {
  if (!order.newest) return undefined;
  const { snapshot, position } = order.newest;
  const detailed = new Map(order.refunds.map(({ refund }) => [refund.id, refund]));
  const told = snapshot.refunds.map((refund) =>
    refund.totalOnly ? (detailed.get(refund.id) ?? refund) : refund,
  );
  const toldIds = new Set(told.map(({ id }) => id));
  const alone = order.refunds
    .filter(
      ({ refund, cameAlone }) =>
        cameAlone && !toldIds.has(refund.id) && refund.createdAt >= snapshot.updatedAt,
    )
    .map(({ refund }) => refund);
  const removed = order.removal !== null && comparePositions(order.removal, position) >= 0;
  const payment =
    snapshot.payment === 'unknown' && order.payment
      ? { payment: order.payment.state, paidAt: order.payment.paidAt }
      : {};
  return {
    ...snapshot,
    ...payment,
    removed: snapshot.removed || removed,
    refunds: [...told, ...alone].sort(byTime),
  };
}

const byTime = (a: Refund, b: Refund): number =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
