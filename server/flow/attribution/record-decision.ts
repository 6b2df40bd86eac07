import { canonicalJson, contentHash } from '../../shared/hash.ts';
import type { BuyerRef, Order } from '../ingest/index.ts';
import type { Attribution } from './attribution.model.ts';
import type { Decision } from './decision/decision.ts';
import { creditedTo, describeOrderFacts } from './evidence/describe-earlier-order.ts';

/** An attribution with a decision made just now; unchanged when it says the same as the last one. */
export function recordDecision(known: Attribution, decision: Decision, now: Date): Attribution {
  const last = known.decisions.at(-1);
  const { number: _number, decidedAt: _decidedAt, ...before } = last ?? { number: 0, decidedAt: now };
  if (last && canonicalJson(before) === canonicalJson(decision)) return known;
  const numbered = { ...decision, number: known.decisions.length + 1, decidedAt: now };
  return { ...known, decisions: [...known.decisions, numbered] };
}

/**
 * An attribution with what later orders of the buyer read of the order, as it stands now. When its hash differs
 * from the one before, those orders have something to look at again (S3).
 */
export function recordFacts(known: Attribution, order: Order): Attribution {
  const credited = creditedTo(known.decisions.at(-1));
  const facts = describeOrderFacts(order, credited);
  const { customer, email } = order.buyer;
  const isNamed = customer !== null || email !== null;
  if (!facts || !isNamed) return { ...known, credited };
  const buyer: BuyerRef = { customer, email };
  const isKnown = known.buyers.some((each) => canonicalJson(each) === canonicalJson(buyer));
  return {
    ...known,
    credited,
    factsHash: contentHash({ facts, buyer }),
    buyers: isKnown ? known.buyers : [...known.buyers, buyer],
  };
}
