import { sum } from '../../../shared/money.ts';
import type { OrderSnapshot } from '../../../shared/order.ts';
import {
  readTerms,
  type CommissionRuleSpec,
  type ProgramRulesVersion,
  type RuleLevel,
  type RuleTerms,
} from '../../../shared/program-rules.ts';
import { computeNetBase } from '../base/compute-net-base.ts';
import type { RuleContext } from './define-commission-rule.ts';
import type { LineBase } from '../base/net-base.ts';
import { ruleOfKindOrThrow } from './rule-registry.ts';
import type { SaleContext } from './sale-context.ts';
import { selectRuleForLine, type PlacedRule } from './select-rule-for-line.ts';

/** C(v) of S6 with everything needed to recompute it by hand. Minor units. */
export interface CommissionTarget {
  /** What the rules version says beside its rules; null where no rules were asked. */
  terms: RuleTerms | null;
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
  /** Rules that would apply as well and came later in the order. */
  beaten: AppliedRule[];
  /** Rules that came first and do not apply after all. */
  passedOver: (AppliedRule & { reason: string })[];
  /** 0 where the rule pays once for the order. */
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
  args: unknown;
  /** Its place in `terms.order`, and the same in words. */
  place: RuleLevel;
  level: string;
  describe: string;
}

const LEVEL_WORDS: Readonly<Record<RuleLevel, string>> = {
  code: "the code's own rate",
  'affiliate-coupon': "the affiliate's coupon rate",
  'group-coupon': "the group's coupon rate",
  'programme-coupon': "the programme's coupon rate",
  'affiliate-product': 'affiliate and product',
  'affiliate-category': 'affiliate and category',
  product: 'product',
  category: 'category',
  affiliate: "the affiliate's own rate",
  group: "the group's rate",
  programme: 'programme',
};

/**
 * The commission that an order version should have earned in total (S4 to S6): per line and per order, rounded
 * where it is computed, never rounded again. Pure.
 */
export function computeCommission(
  order: OrderSnapshot,
  sale: SaleContext,
  version: ProgramRulesVersion,
): CommissionTarget {
  const terms = readTerms(version);
  const base = computeNetBase(order, terms);
  const rules = { rules: version.rules, order: terms.order };
  const context: RuleContext = { order, base, sale };
  const lines = base.lines.map((line) => computeLine(line, rules, context));
  const orderCommissions = computeOrderCommissions(lines, context);
  const nothingBecause = whyNothing(order);
  const earned = sum([...lines, ...orderCommissions].map(({ commission }) => commission));
  const target = nothingBecause === null ? earned : 0n;
  return { terms, lines, orderCommissions, base: base.total, target, nothingBecause };
}

function whyNothing(order: OrderSnapshot): string | null {
  if (order.test) return 'a test order never earns';
  if (order.removed) return 'the order was deleted in the store';
  if (order.cancelled) return 'the order was cancelled';
  if (order.payment === 'void') return 'the payment was voided or failed';
  if (order.chargeback === 'lost') return 'a charge-back was lost';
  return null;
}

function computeLine(
  line: LineBase,
  rules: { rules: readonly CommissionRuleSpec[]; order: readonly RuleLevel[] },
  context: RuleContext,
): CommissionLine {
  const nothing = { rule: null, beaten: [], passedOver: [], commission: 0n };
  if (line.excluded !== null) return { ...line, ...nothing, words: `outside the base: ${line.excluded}` };
  const { chosen, ...others } = selectRuleForLine(rules, context.sale, line, ({ kind, args }) =>
    ruleOfKindOrThrow(kind).findObstacle(line, args, context),
  );
  const passedOver = others.passedOver.map(({ reason, ...placed }) => ({ ...describeRule(placed), reason }));
  if (!chosen) return { ...line, ...nothing, passedOver, words: 'no rule applies to this line' };
  const { kind, args } = chosen.rule;
  const rule = describeRule(chosen);
  const earning = ruleOfKindOrThrow(kind).computeLine?.(line, args, context);
  const { amount, words } = earning ?? { amount: 0n, words: `counts towards ${rule.describe}` };
  const beaten = others.beaten.map(describeRule);
  return { ...line, rule, beaten, passedOver, commission: amount, words };
}

/** One for each rule that pays once for the order, in the order of the lines that chose it. */
function computeOrderCommissions(lines: readonly CommissionLine[], context: RuleContext): OrderCommission[] {
  const rules = new Map(lines.flatMap(({ rule }) => (rule ? [[rule.id, rule] as const] : [])));
  return [...rules.values()].flatMap((rule): OrderCommission[] => {
    const chosenBy = lines.filter((line) => line.rule?.id === rule.id);
    const earning = ruleOfKindOrThrow(rule.kind).computeOrder?.(chosenBy, rule.args, context);
    if (!earning) return [];
    const lineIds = chosenBy.map(({ lineId }) => lineId);
    const base = sum(chosenBy.map((line) => line.base));
    return [{ rule, lineIds, base, commission: earning.amount, words: earning.words }];
  });
}

function describeRule({ rule: { id, kind, args }, place }: PlacedRule): AppliedRule {
  const describe = ruleOfKindOrThrow(kind).describe(args);
  return { id, kind, args, place, level: LEVEL_WORDS[place], describe };
}
