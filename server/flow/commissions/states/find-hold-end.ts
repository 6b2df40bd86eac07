import { DAY } from '../../../shared/clock.ts';
import type { ProgramSettings } from '../../../shared/program-settings.ts';
import type { OrderSnapshot } from '../../../shared/order.ts';

/** An order version, as far as the hold needs it. */
export interface HeldVersion {
  acceptedAt: Date;
  snapshot: Pick<OrderSnapshot, 'payment' | 'paidAt' | 'fulfilledAt' | 'chargeback'>;
}

/**
 * When the hold of an order ends (S7): days after the payment, or after the fulfilment of a paid order. Null
 * while the order is not paid (not fulfilled), and while a charge-back is open.
 * @param versions oldest first; the last one holds
 * @param placedAt T: a hold never begins before the order
 */
export function findHoldEnd(
  versions: readonly HeldVersion[],
  placedAt: Date,
  { days, startsAt }: ProgramSettings['hold'],
): Date | null {
  const last = versions.at(-1);
  if (last?.snapshot.payment !== 'paid' || last.snapshot.chargeback === 'open') return null;
  const { paidAt, fulfilledAt } = last.snapshot;
  const start = startsAt === 'payment' ? (paidAt ?? firstPaid(versions)) : fulfilledAt;
  if (!start) return null;
  return new Date(Math.max(start.getTime(), placedAt.getTime()) + days * DAY);
}

/** Where a store tells that an order is paid but not since when: our first receipt of it. */
function firstPaid(versions: readonly HeldVersion[]): Date | undefined {
  const unpaid = versions.findLastIndex(({ snapshot }) => snapshot.payment !== 'paid');
  return versions[unpaid + 1]?.acceptedAt;
}
