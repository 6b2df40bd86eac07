import type { Issue } from '../../../shared/errors.ts';
import type { CommissionRuleSpec } from '../../../shared/program-rules.ts';
import type { RegisteredRule } from './define-commission-rule.ts';
import { flatPerLineRule } from './rule-flat-per-line.ts';
import { flatPerOrderRule } from './rule-flat-per-order.ts';
import { flatPerUnitRule } from './rule-flat-per-unit.ts';
import { percentRule } from './rule-percent.ts';

/** Every kind of commission rule. A new kind is a new file and a line here. */
const RULES: readonly RegisteredRule[] = [percentRule, flatPerOrderRule, flatPerLineRule, flatPerUnitRule];

/** @throws Error for a kind that is not registered, which validateRules keeps out of rule versions. */
export function ruleOfKindOrThrow(kind: string): RegisteredRule {
  const rule = RULES.find((candidate) => candidate.kind === kind);
  if (!rule) throw new Error(`no commission rule of kind "${kind}"`);
  return rule;
}

/** What is wrong with a set of rules; empty when it can be used. */
export function validateRules(rules: readonly CommissionRuleSpec[]): Issue[] {
  return rules.flatMap((spec, index) => {
    const rule = RULES.find(({ kind }) => kind === spec.kind);
    if (!rule) {
      const known = RULES.map(({ kind }) => kind).join(', ');
      return [
        { path: `rules.${index}.kind`, message: `"${spec.kind}" is not a rule kind; there are: ${known}` },
      ];
    }
    const parsed = rule.argsSchema.safeParse(spec.args);
    if (parsed.success) return [];
    return parsed.error.issues.map(({ path, message }) => ({
      path: ['rules', index, 'args', ...path].join('.'),
      message,
    }));
  });
}
