import { sum } from '../../shared/money.ts';
import type { OrderSnapshot } from '../../shared/order.ts';
import type { CommissionRuleSpec, ProgramRulesVersion } from '../../shared/program-rules.ts';
import { computeNetBase } from './compute-net-base.ts';
import type { LineBase } from './net-base.ts';
import { ruleOfKindOrThrow } from './rule-registry.ts';
import { selectRuleForLine, type SaleContext } from './select-rule-for-line.ts';

/** C(v) of S6 with everything needed to recompute it by hand. Minor units. */
export interface CommissionTarget {
  lines: CommissionLine[];
  /** What rules pay once for the order, beside the lines (S5, flat per order). */
  orderCommissions: OrderCommission[];
  base: bigint;
  target: bigint;
  /** Why the order earns nothing whatever its base is, or null. */
  nothingBecause: string | null;
}

export interface CommissionLine extends LineBase {
  rule: AppliedRule | null;
  beaten: AppliedRule[];
  commission: bigint;
  words: string;
}

/** What one rule pays once for the order, because of the lines that chose it. Minor units. */
export interface OrderCommission {
  rule: AppliedRule;
  lineIds: string[];
  base: bigint;
  commission: bigint;
  words: string;
}

export interface AppliedRule {
  id: string;
  kind: string;
  level: string;
  describe: string;
}

/**
 * The commission that an order version should have earned in total (S4 to S6): per line, rounded per line,
 * never rounded again. Pure.
 */
export function computeCommission(
  order: OrderSnapshot,
  sale: SaleContext,
  rules: ProgramRulesVersion,
): CommissionTarget {
  const { lines, total } = computeNetBase(order);
  const nothingBecause = whyNothing(order);
  const earned = lines.map((line) => computeLine(line, sale, rules.rules, order.currency));
  const target = nothingBecause === null ? sum(earned.map(({ commission }) => commission)) : 0n;
  return { lines: earned, orderCommissions: [], base: total, target, nothingBecause };
}

function whyNothing(order: OrderSnapshot): string | null {
  if (order.test) return 'a test order never earns';
  if (order.removed) return 'the order was deleted in the store';
  if (order.cancelled) return 'the order was cancelled';
  if (order.payment === 'void') return 'the payment was voided or failed';
  return null;
}

function computeLine(
  line: LineBase,
  sale: SaleContext,
  rules: readonly CommissionRuleSpec[],
  currency: string,
): CommissionLine {
  const choice = selectRuleForLine(rules, sale, line);
  if (!choice)
    return { ...line, rule: null, beaten: [], commission: 0n, words: 'no rule applies to this line' };
  const { amount, words } = ruleOfKindOrThrow(choice.chosen.kind).compute(line, choice.chosen.args, currency);
  return {
    ...line,
    rule: describeRule(choice.chosen, choice.level),
    beaten: choice.beaten.map(({ rule, level }) => describeRule(rule, level)),
    commission: amount,
    words,
  };
}

function describeRule(rule: CommissionRuleSpec, level: string): AppliedRule {
  return { id: rule.id, kind: rule.kind, level, describe: ruleOfKindOrThrow(rule.kind).describe(rule.args) };
}
