import type { ZodType } from 'zod';
import type { OrderSnapshot } from '../../../shared/order.ts';
import type { LineBase, NetBase } from '../base/net-base.ts';
import type { SaleContext } from './sale-context.ts';

/** What a rule pays, and the arithmetic in words. Minor units of the order's currency; never below zero. */
export interface Earning {
  amount: bigint;
  words: string;
}

/** All that a rule may look at beside its lines: the order version, its whole base, and who sold it to whom. */
export interface RuleContext {
  order: OrderSnapshot;
  base: NetBase;
  sale: SaleContext;
}

interface RuleKind<Args> {
  kind: string;
  argsSchema: ZodType<Args>;
  /** The rate or amount in words, e.g. "20 %". */
  describe(args: Args): string;
  /** Why the rule does not apply to a line after all, or null; the next rule is tried then (S5). */
  findObstacle?(line: LineBase, args: Args, context: RuleContext): string | null;
}

/** A kind that pays each line that chose the rule. One file a kind (S5). */
export interface LineRule<Args> extends RuleKind<Args> {
  computeLine(line: LineBase, args: Args, context: RuleContext): Earning;
}

/** A kind that pays once for the order, for all the lines that chose the rule together. */
export interface OrderRule<Args> extends RuleKind<Args> {
  computeOrder(lines: readonly LineBase[], args: Args, context: RuleContext): Earning;
}

/** A rule kind whose arguments are checked where they are used, so that kinds can stand in one list. */
export interface RegisteredRule {
  kind: string;
  argsSchema: ZodType;
  describe(args: unknown): string;
  findObstacle(line: LineBase, args: unknown, context: RuleContext): string | null;
  /** Undefined for a kind that pays once for the order. */
  computeLine?(line: LineBase, args: unknown, context: RuleContext): Earning;
  /** Undefined for a kind that pays by the line. */
  computeOrder?(lines: readonly LineBase[], args: unknown, context: RuleContext): Earning;
}

/** Declares a rule kind. */
export function defineCommissionRule<Args>(rule: LineRule<Args> | OrderRule<Args>): RegisteredRule {
  const read = (args: unknown): Args => rule.argsSchema.parse(args);
  const common = {
    kind: rule.kind,
    argsSchema: rule.argsSchema,
    describe: (args: unknown) => rule.describe(read(args)),
    findObstacle: (line: LineBase, args: unknown, context: RuleContext) =>
      rule.findObstacle?.(line, read(args), context) ?? null,
  };
  return 'computeLine' in rule
    ? { ...common, computeLine: (line, args, context) => rule.computeLine(line, read(args), context) }
    : { ...common, computeOrder: (lines, args, context) => rule.computeOrder(lines, read(args), context) };
}
