import { canonicalJson } from '../../../shared/hash.ts';
import { mergeEvidence } from '../merge-evidence.ts';
import type { Order } from '../order.model.ts';
import type { Match } from './match.ts';

/**
 * An order with what pixels told of its checkout; unchanged when it knows all of it. Evidence is only ever added,
 * and of several beginnings of the checkout the first counts.
 */
export function applyMatches(
  order: Order,
  matches: readonly Pick<Match, 'evidence' | 'checkoutStartedAt'>[],
  now: Date,
): Order {
  const told = matches.flatMap(({ evidence }) => evidence);
  const evidence = mergeEvidence(order.evidence, told, false);
  const began = [order.checkoutStartedAt, ...matches.map(({ checkoutStartedAt }) => checkoutStartedAt)]
    .filter((moment) => moment instanceof Date)
    .map((moment) => moment.getTime());
  const checkoutStartedAt = began.length > 0 ? new Date(Math.min(...began)) : null;
  const before = [order.evidence, order.checkoutStartedAt ?? null];
  if (canonicalJson(before) === canonicalJson([evidence, checkoutStartedAt])) return order;
  return { ...order, evidence, checkoutStartedAt, evidenceAt: now };
}
