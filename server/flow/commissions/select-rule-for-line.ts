import type { CommissionRuleSpec } from '../../shared/program-rules.ts';
import type { LineBase } from './net-base.ts';

/** Who won, and with which own codes on the order (folded); some = a coupon sale (S5). */
export interface SaleContext {
  affiliateId: string;
  ownCodes: string[];
}

export interface RuleChoice {
  chosen: CommissionRuleSpec;
  level: string;
  /** Rules that would apply as well, with the place that made them lose. */
  beaten: { rule: CommissionRuleSpec; level: string }[];
}

/** The order of rules, most specific first (S5). The first four are tried on coupon sales only. */
const LEVELS: readonly { name: string; fits(scope: CommissionRuleSpec['scope']): boolean }[] = [
  { name: "the code's own rate", fits: ({ code }) => code !== undefined },
  { name: "the affiliate's coupon rate", fits: (s) => s.coupon === true && s.affiliateId !== undefined },
  { name: "the programme's coupon rate", fits: ({ coupon }) => coupon === true },
  { name: 'affiliate and product', fits: (s) => s.affiliateId !== undefined && s.productId !== undefined },
  { name: 'affiliate and category', fits: (s) => s.affiliateId !== undefined && s.categoryId !== undefined },
  { name: 'product', fits: ({ productId }) => productId !== undefined },
  { name: 'category', fits: ({ categoryId }) => categoryId !== undefined },
  { name: "the affiliate's own rate", fits: ({ affiliateId }) => affiliateId !== undefined },
  { name: 'programme', fits: () => true },
];

/**
 * The rule that applies to a line, most specific first, and those it beat (S5). In one place of the order:
 * the highest priority, then the lowest rule id. Undefined when no rule applies.
 */
export function selectRuleForLine(
  rules: readonly CommissionRuleSpec[],
  sale: SaleContext,
  line: Pick<LineBase, 'productId' | 'categoryIds'>,
): RuleChoice | undefined {
  const ranked = rules
    .filter(({ scope }) => matches(scope, sale, line))
    .map((rule) => ({ rule, rank: LEVELS.findIndex(({ fits }) => fits(rule.scope)) }))
    .sort((a, b) => a.rank - b.rank || compareWithinLevel(a.rule, b.rule))
    .map(({ rule, rank }) => ({ rule, level: LEVELS[rank]?.name ?? '' }));
  const [first, ...beaten] = ranked;
  return first && { chosen: first.rule, level: first.level, beaten };
}

function matches(
  scope: CommissionRuleSpec['scope'],
  sale: SaleContext,
  line: Pick<LineBase, 'productId' | 'categoryIds'>,
): boolean {
  return (
    (scope.coupon !== true || sale.ownCodes.length > 0) &&
    (scope.code === undefined || sale.ownCodes.includes(scope.code)) &&
    (scope.affiliateId === undefined || scope.affiliateId === sale.affiliateId) &&
    (scope.productId === undefined || scope.productId === line.productId) &&
    (scope.categoryId === undefined || line.categoryIds.includes(scope.categoryId))
  );
}

function compareWithinLevel(a: CommissionRuleSpec, b: CommissionRuleSpec): number {
  return (b.priority ?? 0) - (a.priority ?? 0) || (a.id < b.id ? -1 : 1);
}
