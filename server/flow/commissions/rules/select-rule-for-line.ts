import type { CommissionRuleSpec, RuleLevel } from '../../../shared/program-rules.ts';
import type { LineBase } from '../base/net-base.ts';
import type { SaleContext } from './sale-context.ts';

type Scope = CommissionRuleSpec['scope'];

/** A rule that could apply to a line, with its place in the order of rules. */
export interface PlacedRule {
  rule: CommissionRuleSpec;
  place: RuleLevel;
}

export interface RuleChoice {
  /** Null when no rule applies. */
  chosen: PlacedRule | null;
  /** Rules that would apply as well, with the place that made them lose. */
  beaten: PlacedRule[];
  /** Rules that came first and do not apply after all, with the reason. */
  passedOver: (PlacedRule & { reason: string })[];
}

/** What makes a rule's place; the first that fits its scope, whatever the order of places is. */
const PLACES: readonly [RuleLevel, (scope: Scope) => boolean][] = [
  ['code', ({ code }) => code !== undefined],
  ['affiliate-coupon', (s) => s.coupon === true && s.affiliateId !== undefined],
  ['group-coupon', (s) => s.coupon === true && s.groupId !== undefined],
  ['programme-coupon', ({ coupon }) => coupon === true],
  ['affiliate-product', (s) => s.affiliateId !== undefined && s.productId !== undefined],
  ['affiliate-category', (s) => s.affiliateId !== undefined && s.categoryId !== undefined],
  ['product', ({ productId }) => productId !== undefined],
  ['category', ({ categoryId }) => categoryId !== undefined],
  ['affiliate', ({ affiliateId }) => affiliateId !== undefined],
  ['group', ({ groupId }) => groupId !== undefined],
];

/**
 * The rule that applies to a line, most specific first, those it beat, and those that were passed over (S5).
 * In one place of the order: the highest priority, then the lowest rule id.
 * @param findObstacle why a rule whose scope fits does not apply after all, or null
 */
export function selectRuleForLine(
  { rules, order }: { rules: readonly CommissionRuleSpec[]; order: readonly RuleLevel[] },
  sale: SaleContext,
  line: Pick<LineBase, 'productId' | 'categoryIds'>,
  findObstacle: (rule: CommissionRuleSpec) => string | null,
): RuleChoice {
  const ranked = rules
    .filter(({ scope }) => matches(scope, sale, line))
    .map((rule) => ({ rule, place: placeOf(rule.scope) }))
    .sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place) || compareWithinPlace(a.rule, b.rule));
  const passedOver: RuleChoice['passedOver'] = [];
  for (const [index, placed] of ranked.entries()) {
    const reason = findObstacle(placed.rule);
    if (reason === null) return { chosen: placed, beaten: ranked.slice(index + 1), passedOver };
    passedOver.push({ ...placed, reason });
  }
  return { chosen: null, beaten: [], passedOver };
}

function placeOf(scope: Scope): RuleLevel {
  return PLACES.find(([, fits]) => fits(scope))?.[0] ?? 'programme';
}

function matches(
  scope: Scope,
  sale: SaleContext,
  line: Pick<LineBase, 'productId' | 'categoryIds'>,
): boolean {
  return (
    (scope.coupon !== true || sale.ownCodes.length > 0) &&
    (scope.code === undefined || sale.ownCodes.includes(scope.code)) &&
    (scope.affiliateId === undefined || scope.affiliateId === sale.affiliateId) &&
    (scope.groupId === undefined || scope.groupId === sale.groupId) &&
    (scope.productId === undefined || scope.productId === line.productId) &&
    (scope.categoryId === undefined || line.categoryIds.includes(scope.categoryId))
  );
}

function compareWithinPlace(a: CommissionRuleSpec, b: CommissionRuleSpec): number {
  return (b.priority ?? 0) - (a.priority ?? 0) || (a.id < b.id ? -1 : 1);
}
