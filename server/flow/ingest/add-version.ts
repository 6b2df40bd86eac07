import { deriveCurrentOrder } from './derive-current-order.ts';
import { hashMoneyFacts } from './hash-money-facts.ts';
import type { Order, Position } from './order.model.ts';

/** An order with a further version, when its money facts are not those of the last one (S2); else unchanged. */
export function addVersion(order: Order, channel: Position['channel'], now: Date): Order {
  const snapshot = deriveCurrentOrder(order);
  if (!snapshot) return order;
  const hash = hashMoneyFacts(snapshot);
  if (order.versions.at(-1)?.hash === hash) return order;
  const needsRead = snapshot.provisional || snapshot.refunds.some(({ totalOnly, made }) => totalOnly && made);
  const version = { number: order.versions.length + 1, hash, channel, acceptedAt: now, snapshot, needsRead };
  return { ...order, versions: [...order.versions, version] };
}
