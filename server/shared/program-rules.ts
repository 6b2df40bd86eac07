import { z } from 'zod';
import { foldCode } from './fold-code.ts';

const MOST_RULES = 500;
const MOST_EXCLUDED = 5_000;

/** The places a rule can have, in the default order: most specific first (S5). */
export const RULE_LEVELS = [
  'code',
  'affiliate-coupon',
  'group-coupon',
  'programme-coupon',
  'affiliate-product',
  'affiliate-category',
  'product',
  'category',
  'affiliate',
  'group',
  'programme',
] as const;
export type RuleLevel = (typeof RULE_LEVELS)[number];

/** What is outside the base unless the rules take it in (S4). */
export const BASE_EXTRAS = ['shipping', 'fees'] as const;
export type BaseExtra = (typeof BASE_EXTRAS)[number];

/** One commission rule of a programme; `args` belong to its kind. */
export interface CommissionRuleSpec {
  id: string;
  /** E.g. `percent`. */
  kind: string;
  /** E.g. `{ ratePpm: 200000 }`. */
  args: unknown;
  /** Where the rule applies; everything named must hold. */
  scope: {
    /** True: only when the winner's own code is on the order (S5). */
    coupon?: boolean | undefined;
    /** Folded (S10). */
    code?: string | undefined;
    affiliateId?: string | undefined;
    /** The group of the winner at T. */
    groupId?: string | undefined;
    productId?: string | undefined;
    categoryId?: string | undefined;
  };
  priority?: number | undefined;
}

/** What a set of rules says beside the rules themselves: their order, and what is in the base (S4, S5). */
export interface RuleTerms {
  /** Every level once; the first that has a rule for a line decides. */
  order: RuleLevel[];
  /** Products and categories that leave the base. */
  exclude: { productIds: string[]; categoryIds: string[] };
  /** What is taken into the base beside the goods. */
  include: BaseExtra[];
}

/** Commission rules with the moment from which they hold. Never changed once written (S2). */
export interface ProgramRulesVersion extends Partial<RuleTerms> {
  version: number;
  effectiveFrom: Date;
  rules: CommissionRuleSpec[];
}

/** The terms of a rules version; one that names none has the default order and the goods alone. */
export function readTerms({ order, exclude, include }: Partial<RuleTerms>): RuleTerms {
  return {
    order: order ?? [...RULE_LEVELS],
    exclude: exclude ?? { productIds: [], categoryIds: [] },
    include: include ?? [],
  };
}

const foldedCode = z.string().trim().min(1).max(64).overwrite(foldCode);
const someId = z.string().min(1).max(64);
const scopeId = someId.optional();
const excludedIds = z.array(someId).max(MOST_EXCLUDED).default([]);
const areDistinct = (items: readonly unknown[]): boolean => new Set(items).size === items.length;

/** Reads a set of commission rules; their kinds and `args` are checked where the kinds are known. */
export const commissionRules = z
  .array(
    z
      .strictObject({
        id: z.string().min(1).max(64),
        kind: z.string().min(1).max(64),
        args: z.unknown(),
        scope: z
          .strictObject({
            coupon: z.boolean().optional(),
            code: foldedCode.optional(),
            affiliateId: scopeId,
            groupId: scopeId,
            productId: scopeId,
            categoryId: scopeId,
          })
          .prefault({}),
        priority: z.int().min(-1_000).max(1_000).optional(),
      })
      .meta({ id: 'CommissionRule' }),
  )
  .max(MOST_RULES)
  .refine((rules) => areDistinct(rules.map(({ id }) => id)), 'Rule ids must differ.');

/** Reads the terms of a set of rules, member by member; what is left out takes the defaults of S4 and S5. */
export const ruleTerms = {
  order: z
    .array(z.enum(RULE_LEVELS))
    .length(RULE_LEVELS.length)
    .refine(areDistinct, 'Name each level exactly once.')
    .default([...RULE_LEVELS])
    .meta({ description: 'Which rule comes first, most specific first; each level exactly once' }),
  exclude: z
    .strictObject({ productIds: excludedIds, categoryIds: excludedIds })
    .prefault({})
    .meta({ description: 'Products and categories that leave the base' }),
  include: z
    .array(z.enum(BASE_EXTRAS))
    .refine(areDistinct, 'Name each once.')
    .default([])
    .meta({ description: 'What is taken into the base beside the goods' }),
};
