import { DAY, describeSpan } from '../../../shared/clock.ts';
import type { BindingPeriod } from '../../../shared/program-settings.ts';
import type { ConsideredTouch, DecisionInput, EarlierOrder, Loser, Sifted } from './decision.ts';

/** A customer bound by an order, and how many orders they placed since. */
interface Binding {
  order: EarlierOrder;
  laterOrders: number;
}

/**
 * Which customer binding is a touch of this order (S3). In each programme the buyer's earlier orders are told in
 * the order of their T: the first one that was credited in the programme binds the buyer to its winner. While
 * that binding runs, further orders change nothing about it, whoever wins them; when it has ended, the next
 * credited order binds anew. A later order is every order that the buyer placed after the binding one, whatever
 * became of it. The period is the one that holds at T of the order that is decided.
 *
 * The input holds a touch for each credited earlier order. One that does not bind is evidence of nothing and is
 * left out; the last binding that has ended is removed with its reason.
 */
export function deriveBindings(input: DecisionInput): Sifted {
  const isCandidate = ({ binding }: ConsideredTouch): boolean => binding !== null;
  const kept = input.touches.filter((touch) => !isCandidate(touch));
  const candidates = input.touches.filter(isCandidate);
  const losers: Loser[] = [];
  for (const programId of new Set(candidates.map((touch) => touch.programId))) {
    const period = input.settings[programId]?.settings.binding ?? null;
    const last = period && lastBinding(programId, period, input.earlierOrders);
    const touch = last && candidates.find(isOf(programId, last.order));
    if (!touch) continue;
    const ended = describeEnd(last, period, input.placedAt);
    if (ended === undefined) kept.push(touch);
    else losers.push({ touchId: touch.id, reason: ended, forMerchant: null });
  }
  return { kept, losers };
}

const isOf =
  (programId: string, { orderId }: EarlierOrder) =>
  (touch: ConsideredTouch): boolean =>
    touch.programId === programId && touch.binding?.orderId === orderId;

function lastBinding(
  programId: string,
  period: BindingPeriod,
  orders: readonly EarlierOrder[],
): Binding | undefined {
  let binding: Binding | undefined;
  for (const order of orders) {
    const runs = binding && describeEnd(binding, period, order.placedAt) === undefined;
    if (!runs && order.credited?.programId === programId) binding = { order, laterOrders: 0 };
    else if (binding) binding.laterOrders += 1;
  }
  return binding;
}

/** Why a binding does not cover a further order placed at a moment; undefined while it does. Ends are inside. */
function describeEnd(
  { order, laterOrders }: Binding,
  period: BindingPeriod,
  placedAt: Date,
): string | undefined {
  switch (period.ends) {
    case 'never':
      return undefined;
    case 'after-days': {
      const age = placedAt.getTime() - order.placedAt.getTime();
      return age <= period.days * DAY
        ? undefined
        : `the customer was bound ${describeSpan(age)} ago, the binding ends after ${period.days} d`;
    }
    case 'after-orders':
      return laterOrders < period.orders
        ? undefined
        : `the customer placed ${laterOrders} orders since, the binding ends after ${period.orders}`;
  }
}
