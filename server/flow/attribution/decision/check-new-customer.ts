import type { DecisionInput, NewCustomer } from './decision.ts';

/**
 * Whether the buyer is a new customer (S8): no earlier order of theirs was paid and not fully refunded when this
 * one was placed, and the platform counts none either. Stored with the decision; refunds that are made after T
 * do not flip it.
 */
export function checkNewCustomer({ earlierOrders, platformEarlierOrders }: DecisionInput): NewCustomer {
  const bought = earlierOrders.find(({ paid, fullyRefunded }) => paid && !fullyRefunded);
  if (bought) return { isNew: false, because: `the earlier order ${bought.number} was paid` };
  if (platformEarlierOrders !== null && platformEarlierOrders > 0) {
    return { isNew: false, because: `the shop counts ${platformEarlierOrders} earlier orders` };
  }
  const because =
    earlierOrders.length === 0
      ? 'no earlier order of this customer is known'
      : 'every earlier order of this customer is unpaid or was fully refunded';
  return { isNew: true, because };
}
