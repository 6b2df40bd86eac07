import { DomainError } from '../../../shared/errors.ts';
import { addVersion } from '../add-version.ts';
import type { Order } from '../order.model.ts';

/**
 * A conversion after the merchant has confirmed it: paid from now on (S7), with a version that says so. Confirmed
 * again, it is unchanged.
 * @param by id of the person or of the API key
 * @throws DomainError `impossible` when there is nothing to confirm: cancelled, or told to be unpaid.
 */
export function markConfirmed(order: Order, by: string, now: Date): Order {
  if (!order.newest || order.confirmation || order.payment?.state === 'paid') return order;
  const { snapshot, position } = order.newest;
  if (snapshot.cancelled) throw notPossible('It was cancelled.');
  if (snapshot.payment === 'unpaid') throw notPossible('Your program says that it is not paid.');
  const paid: Order = {
    ...order,
    confirmation: { at: now, by },
    payment: { state: 'paid', paidAt: now, position },
  };
  return addVersion(paid, position.channel, now);
}

function notPossible(message: string): DomainError {
  const help = 'Send its whole state to POST /api/v1/conversions, with a higher sequence.';
  return new DomainError('impossible', message, help);
}
