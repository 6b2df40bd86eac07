import type { ZodType } from 'zod';
import type { LineBase } from './net-base.ts';

/** What one line earns under a rule, and the arithmetic in words. Minor units of the order's currency. */
export interface LineCommission {
  amount: bigint;
  words: string;
}

/** A kind of commission rule: its arguments and one pure function. One file a kind (S5). */
export interface CommissionRule<Args> {
  kind: string;
  argsSchema: ZodType<Args>;
  /** The rate or amount in words, e.g. "20 %". */
  describe(args: Args): string;
  compute(line: LineBase, args: Args, currency: string): LineCommission;
}

/** A rule kind whose arguments are checked where they are used, so that kinds can stand in one list. */
export interface RegisteredRule {
  kind: string;
  argsSchema: ZodType;
  describe(args: unknown): string;
  compute(line: LineBase, args: unknown, currency: string): LineCommission;
}

/** Declares a rule kind. */
export function defineCommissionRule<Args>(rule: CommissionRule<Args>): RegisteredRule {
  return {
    kind: rule.kind,
    argsSchema: rule.argsSchema,
    describe: (args) => rule.describe(rule.argsSchema.parse(args)),
    compute: (line, args, currency) => rule.compute(line, rule.argsSchema.parse(args), currency),
  };
}
