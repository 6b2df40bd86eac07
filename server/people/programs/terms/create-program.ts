import type { Clock } from '../../../shared/clock.ts';
import { DomainError, type Issue } from '../../../shared/errors.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { CommissionRuleSpec } from '../../../shared/program-rules.ts';
import type { ProgramSettings } from '../../../shared/program-settings.ts';
import { invalidInput } from '../../../platform/http/index.ts';
import type { NewProgram, Program } from './program.ts';
import type { ProgramStore } from './program.store.ts';

export interface ProgramDeps {
  programs: ProgramStore;
  /** What is wrong with the kinds and args of rules; empty when they can be used. */
  validateRules: (rules: readonly CommissionRuleSpec[]) => Issue[];
  /** Lets the visits that are known live as long as settings to come can ask for them (S3). */
  keepTouches: (merchantId: string, settings: ProgramSettings) => Promise<void>;
  clock: Clock;
  newId: NewId;
}

/**
 * Creates a programme that is live from now on, with the first version of its settings and rules.
 * @throws DomainError `invalid-input` for rules that cannot be used, `conflict` when the name is taken.
 */
export async function createProgram(
  deps: ProgramDeps,
  merchantId: string,
  { name, settings, rules, order, exclude, include }: NewProgram,
): Promise<Program> {
  refuseBadRules(deps, rules);
  const now = deps.clock();
  const first = { version: 1, effectiveFrom: now };
  const program: Program = {
    merchantId,
    id: deps.newId(),
    name,
    status: 'live',
    statuses: [{ status: 'live', from: now }],
    settingsVersions: [{ ...first, settings }],
    ruleVersions: [{ ...first, rules, order, exclude, include }],
    createdAt: now,
  };
  if (await deps.programs.insert(program)) return program;
  throw new DomainError('conflict', 'A programme of this name exists.', 'Choose another name.');
}

/** @throws DomainError `invalid-input` that names every rule that cannot be used. */
export function refuseBadRules(deps: ProgramDeps, rules: readonly CommissionRuleSpec[]): void {
  const issues = deps.validateRules(rules);
  if (issues.length > 0) throw invalidInput(issues);
}
