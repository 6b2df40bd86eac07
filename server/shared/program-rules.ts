import { z } from 'zod';
import { foldCode } from './fold-code.ts';

const MOST_RULES = 500;

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
    productId?: string | undefined;
    categoryId?: string | undefined;
  };
  priority?: number | undefined;
}

/** Commission rules with the moment from which they hold. Never changed once written (S2). */
export interface ProgramRulesVersion {
  version: number;
  effectiveFrom: Date;
  rules: CommissionRuleSpec[];
}

const foldedCode = z.string().trim().min(1).max(64).overwrite(foldCode);
const scopeId = z.string().min(1).max(64).optional();

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
            productId: scopeId,
            categoryId: scopeId,
          })
          .prefault({}),
        priority: z.int().min(-1_000).max(1_000).optional(),
      })
      .meta({ id: 'CommissionRule' }),
  )
  .max(MOST_RULES)
  .refine((rules) => new Set(rules.map((rule) => rule.id)).size === rules.length, 'Rule ids must differ.');
